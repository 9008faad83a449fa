"""VPCs and all that hangs on them, load balancers, DNS."""


def tags(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, {"Key": "empty", "Value": ""}]}]


def seed(aws):
    ec2 = aws("ec2")
    vpcs = [
        ec2.create_vpc(CidrBlock=f"10.{index}.0.0/16", TagSpecifications=tags("vpc", f"vpc-{index}"))["Vpc"]["VpcId"]
        for index in (1, 2)]
    subnets = [
        ec2.create_subnet(VpcId=vpcs[0], CidrBlock=f"10.1.{index}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
        for index, zone in enumerate("ab")]
    seed_vpcs(ec2, vpcs, subnets)
    seed_security_groups(ec2, vpcs)
    seed_ways_out(ec2, vpcs, subnets)
    seed_load_balancers(aws("elb"), aws("elbv2"), ec2, vpcs, subnets)
    seed_dns(aws("route53"), aws("logs"))


def seed_vpcs(ec2, vpcs, subnets):
    for vpc in vpcs:
        acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
        ec2.create_network_acl_entry(
            NetworkAclId=acl, CidrBlock="0.0.0.0/0", Egress=False, Protocol="6", RuleAction="allow", RuleNumber=100,
            PortRange={"From": 22, "To": 22})
        ec2.create_route_table(VpcId=vpc)
        ec2.create_flow_logs(
            ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
            LogDestination="arn:aws:s3:::first-bucket")
    for subnet in subnets:
        ec2.create_network_interface(SubnetId=subnet, Description="spare", TagSpecifications=tags("network-interface", "spare"))
    ec2.create_vpc_peering_connection(VpcId=vpcs[0], PeerVpcId=vpcs[1])
    ec2.create_vpc_peering_connection(VpcId=vpcs[1], PeerVpcId=vpcs[0])


def seed_security_groups(ec2, vpcs):
    for name in ("web", "database"):
        group = ec2.create_security_group(
            GroupName=name, Description=f"{name} <&>", VpcId=vpcs[0], TagSpecifications=tags("security-group", name))["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}],
             "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
            {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}])


def seed_ways_out(ec2, vpcs, subnets):
    for index, vpc in enumerate(vpcs):
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.create_nat_gateway(SubnetId=subnets[index], AllocationId=address)
        ec2.create_vpc_endpoint(
            VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3",
            RouteTableIds=[ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]["RouteTableId"]])
        customer = ec2.create_customer_gateway(Type="ipsec.1", PublicIp=f"192.0.2.{index}", BgpAsn=65000)
        private = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
        ec2.create_vpn_connection(
            Type="ipsec.1", CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"], VpnGatewayId=private)
        ec2.create_transit_gateway(Description=f"gateway {index}", Options={"AutoAcceptSharedAttachments": "enable"})


def seed_load_balancers(elb, elbv2, ec2, vpcs, subnets):
    for name in ("one", "two"):
        elb.create_load_balancer(
            LoadBalancerName=f"classic-{name}", AvailabilityZones=["us-east-1a"],
            Listeners=[{"Protocol": "http", "LoadBalancerPort": 80, "InstancePort": 8080}])
        balancer = elbv2.create_load_balancer(
            Name=name, Subnets=subnets, Scheme="internal", Tags=[{"Key": "Name", "Value": name}])["LoadBalancers"][0]["LoadBalancerArn"]
        targets = elbv2.create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=vpcs[0], TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
        elbv2.register_targets(TargetGroupArn=targets, Targets=[{"Id": "10.1.0.10", "Port": 80}])
        for port in (80, 81):
            elbv2.create_listener(
                LoadBalancerArn=balancer, Protocol="HTTP", Port=port,
                DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}])
        ec2.create_vpc_endpoint_service_configuration(GatewayLoadBalancerArns=[elbv2.create_load_balancer(
            Name=f"gateway-{name}", Subnets=subnets, Type="gateway")["LoadBalancers"][0]["LoadBalancerArn"]])
    service = ec2.describe_vpc_endpoint_service_configurations()["ServiceConfigurations"][0]["ServiceId"]
    ec2.modify_vpc_endpoint_service_permissions(ServiceId=service, AddAllowedPrincipals=["arn:aws:iam::123456789012:root", "*"])


def seed_dns(route53, logs):
    for name in ("a.example.org", "b.example.org"):
        zone = route53.create_hosted_zone(Name=name, CallerReference=name, HostedZoneConfig={"Comment": "c & d", "PrivateZone": False})
        zone = zone["HostedZone"]["Id"].rpartition("/")[2]
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [
            {"Action": "CREATE", "ResourceRecordSet": {
                "Name": f"www.{name}", "Type": "A", "TTL": 300, "ResourceRecords": [{"Value": "192.0.2.1"}, {"Value": "192.0.2.2"}]}}]})
        logs.create_log_group(logGroupName=f"/aws/route53/{name}")
        route53.create_query_logging_config(
            HostedZoneId=zone, CloudWatchLogsLogGroupArn=f"arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/{name}:*")
