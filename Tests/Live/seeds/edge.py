"""API Gateway, AppSync, CloudFront, WAF, Network Firewall."""

VISIBILITY = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "m"}


def seed(aws):
    seed_rest(aws("apigateway"))
    seed_http(aws("apigatewayv2"))
    for name in ("one", "two"):
        interface = aws("appsync").create_graphql_api(
            name=name, authenticationType="API_KEY", logConfig={
                "fieldLogLevel": "ALL", "cloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/first"})["graphqlApi"]["apiId"]
        aws("appsync").create_api_cache(apiId=interface, ttl=60, apiCachingBehavior="FULL_REQUEST_CACHING", type="SMALL")
        aws("cloudfront").create_distribution(DistributionConfig=distribution(name))
        acl = aws("wafv2").create_web_acl(
            Name=name, Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=VISIBILITY, Rules=[
                {"Name": "rate", "Priority": 1, "Action": {"Block": {}}, "VisibilityConfig": VISIBILITY,
                 "Statement": {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP"}}}])["Summary"]["ARN"]
        aws("wafv2").put_logging_configuration(LoggingConfiguration={
            "ResourceArn": acl, "LogDestinationConfigs": ["arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-a"]})
        firewall = aws("network-firewall").create_firewall(
            FirewallName=name, FirewallPolicyArn="arn:aws:network-firewall:us-east-1:123456789012:firewall-policy/p", VpcId="vpc-1",
            SubnetMappings=[{"SubnetId": "subnet-1"}], DeleteProtection=True)["Firewall"]["FirewallArn"]
        aws("network-firewall").update_logging_configuration(FirewallArn=firewall, LoggingConfiguration={"LogDestinationConfigs": [
            {"LogType": "FLOW", "LogDestinationType": "S3", "LogDestination": {"bucketName": "first-bucket"}}]})
        aws("wafv2").create_web_acl(
            Name=f"{name}-cdn", Scope="CLOUDFRONT", DefaultAction={"Block": {}}, VisibilityConfig=VISIBILITY, Rules=[])
    balancer = aws("elbv2").describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
    aws("wafv2").associate_web_acl(WebACLArn=acl, ResourceArn=balancer)


def seed_rest(gateway):
    for name in ("one", "two"):
        interface = gateway.create_rest_api(name=name, description="a & b", tags={"team": "a"})["id"]
        root = gateway.get_resources(restApiId=interface)["items"][0]["id"]
        gateway.put_method(restApiId=interface, resourceId=root, httpMethod="GET", authorizationType="NONE", apiKeyRequired=True)
        gateway.put_method_response(restApiId=interface, resourceId=root, httpMethod="GET", statusCode="200")
        gateway.put_integration(restApiId=interface, resourceId=root, httpMethod="GET", type="MOCK")
        gateway.create_resource(restApiId=interface, parentId=root, pathPart="items")
        for authorizer in ("a", "b"):
            gateway.create_authorizer(
                restApiId=interface, name=authorizer, type="TOKEN", identitySource="method.request.header.Authorization",
                authorizerUri="arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations")
        deployment = gateway.create_deployment(restApiId=interface)["id"]
        for stage in ("test", "live"):
            gateway.create_stage(
                restApiId=interface, stageName=stage, deploymentId=deployment, tracingEnabled=True, variables={"key": "value"})
        gateway.create_domain_name(domainName=f"{name}.example.org", securityPolicy="TLS_1_2")


def seed_http(gateway):
    for name in ("one", "two"):
        interface = gateway.create_api(Name=name, ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["*"]})["ApiId"]
        for index in (1, 2):
            integration = gateway.create_integration(
                ApiId=interface, IntegrationType="HTTP_PROXY", IntegrationUri="https://example.org", IntegrationMethod="GET",
                PayloadFormatVersion="1.0")["IntegrationId"]
            gateway.create_route(ApiId=interface, RouteKey=f"GET /{index}", Target=f"integrations/{integration}")
            gateway.create_stage(ApiId=interface, StageName=f"stage{index}", AutoDeploy=True)


def distribution(name):
    return {
        "CallerReference": name, "Comment": "a & b", "Enabled": True, "Aliases": {"Quantity": 1, "Items": [f"{name}.example.org"]},
        "Origins": {"Quantity": 1, "Items": [
            {"Id": "o", "DomainName": "first-bucket.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https", "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            "TrustedSigners": {"Enabled": False, "Quantity": 0}},
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"},
        "Logging": {"Enabled": True, "IncludeCookies": False, "Bucket": "logs.s3.amazonaws.com", "Prefix": "cdn/"}}
