# IAM users: input is a record of the snapshot.
package bench.iam

import rego.v1

# Timestamps of one form sort as text. 90 days before the snapshot's time.
ninety_days_ago := "2025-10-17T00:00:00Z"

violations contains "iam-no-mfa" if {
	is_object(input.config.LoginProfile)
	count(input.config.MFADevices) == 0
}

violations contains "iam-key-old" if {
	some key in input.config.AccessKeys
	key.Status == "Active"
	key.CreateDate < ninety_days_ago
}

violations contains "iam-key-unused" if {
	some key in input.config.AccessKeys
	key.Status == "Active"
	not was_used(key)
}

violations contains "iam-admin" if {
	some policy in input.config.InlinePolicies
	some statement in policy.PolicyDocument.Statement
	statement.Effect == "Allow"
	is_star(statement.Action)
	is_star(statement.Resource)
}

violations contains "iam-two-keys" if {
	count([key | some key in input.config.AccessKeys; key.Status == "Active"]) > 1
}

was_used(key) if key.LastUsed.LastUsedDate >= ninety_days_ago

is_star(value) if value == "*"

is_star(value) if {
	is_array(value)
	"*" in value
}
