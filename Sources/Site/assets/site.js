// What works on every page: the theme, copying, shortcuts and their help.
"use strict";

const parapet = (() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  /** What was chosen, where the browser keeps it. */
  const stored = {
    read(name) {
      try { return localStorage.getItem(name); } catch { return null; }
    },
    write(name, value) {
      try {
        if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
      } catch {
        // It holds for this page.
      }
    },
  };

  /** Says something to screen readers. */
  const say = (text) => { byId("said").textContent = text; };

  // The theme

  const themes = ["auto", "light", "dark"];
  const themeButton = byId("theme");
  let theme = root.dataset.theme ?? "auto";
  const showTheme = () => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    themeButton.textContent = `Theme: ${theme}`;
  };
  const nextTheme = () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    stored.write("parapet-theme", theme === "auto" ? null : theme);
    showTheme();
    say(`Theme: ${theme}`);
  };
  themeButton.addEventListener("click", nextTheme);
  showTheme();

  // Copying

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      return copied;
    }
  };
  const copyBlock = async (button) => {
    const copied = await copy(button.closest(".block").querySelector("pre").textContent);
    button.textContent = copied ? "Copied" : "Cannot copy";
    say(button.textContent);
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copy");
    if (button) copyBlock(button);
  });

  // Help

  const help = byId("help");
  const keysBox = byId("keys");
  keysBox.checked = stored.read("parapet-keys") !== "off";
  keysBox.addEventListener("change", () => stored.write("parapet-keys", keysBox.checked ? null : "off"));
  byId("show-help").addEventListener("click", () => help.showModal());
  byId("close-help").addEventListener("click", () => help.close());

  // Shortcuts

  /** The lines to go through, of which pages may say more. */
  let stops = () => [...document.querySelectorAll("a.stop")];
  let current = null;
  document.addEventListener("focusin", (event) => {
    const stop = event.target.closest?.("a.stop");
    if (stop) current = stop;
  });
  const go = (step) => {
    const all = stops();
    if (all.length === 0) return;
    const index = current ? all.indexOf(current) : -1;
    const next = index < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(index + step, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const keys = new Map([
    ["?", () => help.showModal()],
    ["t", nextTheme],
    ["h", () => document.querySelector("a[data-key=h]").click()],
    ["j", () => go(1)],
    ["k", () => go(-1)],
    ["o", () => current?.isConnected && current.click()],
  ]);
  const isTyping = (element) =>
    element.isContentEditable || element.matches?.("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") {
      if (isTyping(event.target)) event.target.blur();
      return;
    }
    if (isTyping(event.target) || !keysBox.checked) return;
    const action = keys.get(event.key);
    if (!action) return;
    event.preventDefault();
    action(event);
  });

  return { byId, say, keys, copyBlock, current: () => current, setStops: (found) => { stops = found; } };
})();
