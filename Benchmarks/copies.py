"""500 rules out of the 20: 25 copies of each, with constants of their own, so that no copy is decided by another's."""
from pathlib import Path

COPIES = 25

# Rule -> (text in its file, text in a copy, number in the first copy). The first copy keeps the rule's meaning. Where a
# rule has no constant to vary, a comparison with a name that nothing has is added: then no copy changes the meaning.
EDITS = {
    "s3-no-encryption": [("{absent: true}}", "{absent: true}, Name: {ne: copy-%d}}", 0)],
    "s3-not-kms": [("pass_when: {", "pass_when: {Name: {ne: copy-%d}, ", 0)],
    "s3-pab": [("pass_when:\n", "pass_when:\n  Name: {ne: copy-%d}\n", 0)],
    "s3-versioning": [("pass_when: {", "pass_when: {Name: {ne: copy-%d}, ", 0)],
    "s3-logging": [("pass_when: {", "pass_when: {Name: {ne: copy-%d}, ", 0)],
    "s3-public-policy": [("- Effect: Allow", "- {Effect: Allow, Sid: {ne: copy-%d, if_absent: none}}", 0)],
    "s3-no-tls-deny": [("- Effect: Deny", "- {Effect: Deny, Sid: {ne: copy-%d, if_absent: none}}", 0)],
    "sg-ssh": [("[22]", "[%d]", 22)],
    "sg-rdp": [("[3389]", "[%d]", 3389)],
    "sg-all": [('- IpProtocol: "-1"', '- {IpProtocol: "-1", ToPort: {ne: %d, if_absent: 0}}', 70000)],
    "sg-wide": [("{lte: 8}", "{lte: %d}", 8)],
    "iam-no-mfa": [("LoginProfile: {exists: true}", "LoginProfile: {exists: true}\n  UserName: {ne: copy-%d}", 0)],
    "iam-key-old": [("90d", "%dd", 90)],
    "iam-key-unused": [("90d", "%dd", 90)],
    "iam-admin": [("- Effect: Allow", "- {Effect: Allow, Sid: {ne: copy-%d, if_absent: none}}", 0)],
    "iam-two-keys": [("gt: 1", "gt: %d", 1)],
    "ebs-unenc": [("pass_when: {", "pass_when: {VolumeId: {ne: copy-%d}, ", 0)],
    "ebs-unattached": [("30d", "%dd", 30)],
    "rds-weak": [("lt: 7", "lt: %d", 7)],
    "rds-public-sg": [("[5432]", "[%d]", 5432), ("[3306]", "[%d]", 3306)],
}


def keeps_meaning(rule, copy):
    """Whether a copy has the verdicts of its rule."""
    return copy == 0 or all("{ne: " in new for _, new, _ in EDITS[rule])


def write(policies, target):
    """Writes the copies of the rules in a folder: bench-sg-ssh-07 and so on. Their tests stay those of the rule: rules
    need some, and these are not run."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    for rule, edits in EDITS.items():
        source = Path(policies, f"bench-{rule}.yaml").read_text()
        place = source.index("\ntests:\n")
        for copy in range(COPIES):
            text = source[:place].replace(f"rule: bench-{rule}\n", f"rule: bench-{rule}-{copy:02}\n")
            for old, new, first in edits:
                if text.count(old) != 1:
                    raise SystemExit(f"copies.py: `{old}` does not stand once in bench-{rule}.yaml")
                text = text.replace(old, new % (first + copy))
            Path(target, f"bench-{rule}-{copy:02}.yaml").write_text(text + source[place:])
