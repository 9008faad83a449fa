# Buckets: input is a record of the snapshot.
package bench.s3

import rego.v1

violations contains "s3-no-encryption" if not encrypted

violations contains "s3-not-kms" if {
	encrypted
	not uses_kms
}

violations contains "s3-pab" if not blocks_public_access

violations contains "s3-versioning" if not input.config.Versioning.Status == "Enabled"

violations contains "s3-logging" if not is_object(input.config.Logging.LoggingEnabled)

violations contains "s3-public-policy" if {
	some statement in input.config.Policy.Statement
	statement.Effect == "Allow"
	not statement.Condition
	is_anyone(statement.Principal)
}

violations contains "s3-no-tls-deny" if not denies_plain_http

encrypted if is_object(input.config.Encryption)

uses_kms if {
	some rule in input.config.Encryption.Rules
	rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm == "aws:kms"
}

blocks_public_access if {
	input.config.PublicAccessBlock.BlockPublicAcls == true
	input.config.PublicAccessBlock.IgnorePublicAcls == true
	input.config.PublicAccessBlock.BlockPublicPolicy == true
	input.config.PublicAccessBlock.RestrictPublicBuckets == true
}

denies_plain_http if {
	some statement in input.config.Policy.Statement
	statement.Effect == "Deny"
	statement.Condition.Bool["aws:SecureTransport"] == "false"
}

is_anyone(principal) if principal == "*"

is_anyone(principal) if principal.AWS == "*"

is_anyone(principal) if {
	is_array(principal.AWS)
	"*" in principal.AWS
}
