# Databases: input is a record of the snapshot.
package bench.rds

import rego.v1

violations contains "rds-weak" if not input.config.StorageEncrypted == true

violations contains "rds-weak" if input.config.BackupRetentionPeriod < 7

# data.open_ports has, by the id of a security group, the database ports that it opens to the world.
violations contains "rds-public-sg" if {
	input.config.PubliclyAccessible == true
	some group in input.config.VpcSecurityGroups
	input.config.Endpoint.Port in data.open_ports[group.VpcSecurityGroupId]
}
