# Security groups: input is a record of the snapshot.
package bench.sg

import rego.v1

violations contains "sg-ssh" if opens(22)

violations contains "sg-rdp" if opens(3389)

violations contains "sg-all" if {
	some permission in input.config.IpPermissions
	permission.IpProtocol == "-1"
	admits_world(permission)
}

violations contains "sg-wide" if {
	some permission in input.config.IpPermissions
	some source in permission.IpRanges
	to_number(split(source.CidrIp, "/")[1]) <= 8
}

# For the databases that name this group.
open_ports contains port if {
	some port in {5432, 3306}
	opens(port)
}

opens(port) if {
	some permission in input.config.IpPermissions
	covers(permission, port)
	admits_world(permission)
}

covers(permission, _) if permission.IpProtocol == "-1"

covers(permission, port) if {
	permission.FromPort <= port
	port <= permission.ToPort
}

admits_world(permission) if {
	some source in permission.IpRanges
	source.CidrIp == "0.0.0.0/0"
}

admits_world(permission) if {
	some source in permission.Ipv6Ranges
	source.CidrIpv6 == "::/0"
}
