internal import Reports

/// The frame of every page. It is well-formed XML, too, and its policy allows the site's own files and nothing else.
struct Page {
    /// Where it stands in the site: `tenants/prod/index.html`.
    var path: String
    /// For the browser's tab: any text.
    var title: String
    /// What leads on from here, within the tenant: markup.
    var navigation = ""
    /// Markup.
    var body: String
    /// Scripts besides the frame's own, relative to the site.
    var scripts: [String] = []
    /// What a shortcut does here, besides those that work everywhere.
    var shortcuts: [(keys: [String], meaning: String)] = []

    /// The way to the site's folder: `../../`.
    var root: String { String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") }) }

    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

    func file(version: String) -> SiteFile { SiteFile(path, render(version: version)) }

    func render(version: String) -> String {
        let scripts = (["assets/site.js"] + scripts).map { script in
            "<script src=\"\(root)\(SitePath.address(script))\" defer=\"defer\"></script>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <meta name="robots" content="noindex, nofollow" />
            <meta name="color-scheme" content="light dark" />
            <title>\(Markup.line(title))</title>
            <link rel="icon" href="\(root)assets/icon.svg" type="image/svg+xml" />
            <link rel="stylesheet" href="\(root)assets/site.css" />
            <script src="\(root)assets/theme.js"></script>
            \(scripts.joined())</head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header class="bar">
            <a class="brand" href="\(root)index.html" data-key="h">Parapet</a>
            \(navigation)<div class="tools script-only">
            <button type="button" id="theme">Theme: auto</button>
            <button type="button" id="show-help" aria-haspopup="dialog">Shortcuts <kbd>?</kbd></button>
            </div>
            </header>
            <main id="main" tabindex="-1">
            \(body)</main>
            <footer>
            <p>Made by Parapet \(Markup.line(version)) from the results branch. What is unknown was not judged: it neither passed nor \
            failed.</p>
            </footer>
            \(help)</body>
            </html>

            """
    }

    private var help: String {
        let everywhere: [(keys: [String], meaning: String)] = [
            (["j"], "next line"), (["k"], "line before"), (["Enter", "o"], "open the line, or close it"),
            (["h"], "overview of all tenants"), (["t"], "theme: auto, light, dark"), (["?"], "show these shortcuts"),
            (["Esc"], "close, or leave the search"),
        ]
        let rows = (shortcuts + everywhere).map { shortcut in
            "<dt>\(shortcut.keys.map { "<kbd>\($0)</kbd>" }.joined(separator: " or "))</dt><dd>\(shortcut.meaning)</dd>\n"
        }
        return """
            <dialog id="help" aria-labelledby="help-title">
            <h2 id="help-title">Keyboard shortcuts</h2>
            <dl>
            \(rows.joined())</dl>
            <p><label><input type="checkbox" id="keys" checked="checked" /> Shortcuts of single keys are on</label></p>
            <p><button type="button" id="close-help">Close</button></p>
            </dialog>
            <p id="said" role="status" class="unseen"></p>

            """
    }
}
