# Volumes: input is a record of the snapshot.
package bench.ebs

import rego.v1

violations contains "ebs-unenc" if not input.config.Encrypted == true

# Timestamps of one form sort as text. 30 days before the snapshot's time.
violations contains "ebs-unattached" if {
	input.config.State == "available"
	input.config.CreateTime < "2025-12-16T00:00:00Z"
}
