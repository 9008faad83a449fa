#!/usr/bin/env python3
"""An AWS API server of an account that is as large as one likes, made up page by page; for benchmarks.

usage: account_server.py [RESOURCES]       (default 100,000)

Prints its URL and runs until its standard input is closed; then it prints what it saw as JSON: requests, and the most
connections that were open at once. What it does not know is denied.
"""
import asyncio
import json
import re
import socket
import sys
import urllib.parse

# Of every hundred resources.
SHARES = {"volumes": 40, "groups": 25, "logs": 20, "interfaces": 10, "functions": 2, "queues": 2, "buckets": 1}
XML, JSON_TYPE = "text/xml", "application/json"
NOT_THERE = {
    "policy": "NoSuchBucketPolicy", "policyStatus": "NoSuchBucketPolicy", "tagging": "NoSuchTagSet",
    "publicAccessBlock": "NoSuchPublicAccessBlockConfiguration"}
OWNER = "<Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>"


def volume(n):
    attachment = (
        f"<item><volumeId>vol-{n:017x}</volumeId><instanceId>i-{n:017x}</instanceId><device>/dev/sda1</device>"
        "<status>attached</status><attachTime>2026-01-02T03:04:05.000Z</attachTime>"
        "<deleteOnTermination>true</deleteOnTermination></item>") if n % 3 else ""
    return (
        f"<item><volumeId>vol-{n:017x}</volumeId><size>{8 + n % 500}</size><snapshotId>snap-{n % 977:017x}</snapshotId>"
        "<availabilityZone>us-east-1a</availabilityZone><status>in-use</status><createTime>2026-01-02T03:04:05.000Z</createTime>"
        f"<attachmentSet>{attachment}</attachmentSet>{tags(n)}<volumeType>gp3</volumeType><iops>3000</iops>"
        f"<encrypted>{'true' if n % 2 else 'false'}</encrypted><kmsKeyId>arn:aws:kms:us-east-1:123456789012:key/{n % 13:036x}</kmsKeyId>"
        "<multiAttachEnabled>false</multiAttachEnabled><throughput>125</throughput></item>")


def tags(n):
    return (
        f"<tagSet><item><key>Name</key><value>thing-{n:06}</value></item><item><key>team</key><value>team-{n % 31}</value></item>"
        "<item><key>environment</key><value>production</value></item></tagSet>")


def group(n):
    rule = lambda port, cidr: (
        f"<item><ipProtocol>tcp</ipProtocol><fromPort>{port}</fromPort><toPort>{port}</toPort><groups/><ipRanges><item>"
        f"<cidrIp>{cidr}</cidrIp><description>from elsewhere</description></item></ipRanges><ipv6Ranges/><prefixListIds/></item>")
    rules = "".join(rule(port, f"10.{n % 200}.{port % 200}.0/24") for port in (22, 443, 5432)[:1 + n % 3])
    return (
        f"<item><ownerId>123456789012</ownerId><groupId>sg-{n:017x}</groupId><groupName>group-{n:06}</groupName>"
        f"<groupDescription>made up</groupDescription><vpcId>vpc-{n % 50:017x}</vpcId><ipPermissions>{rules}</ipPermissions>"
        "<ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>"
        f"<ipv6Ranges/><prefixListIds/></item></ipPermissionsEgress>{tags(n)}</item>")


def interface(n):
    return (
        f"<item><networkInterfaceId>eni-{n:017x}</networkInterfaceId><subnetId>subnet-{n % 99:017x}</subnetId>"
        f"<vpcId>vpc-{n % 50:017x}</vpcId><description>made up</description><ownerId>123456789012</ownerId>"
        f"<requesterManaged>false</requesterManaged><status>in-use</status><privateIpAddress>10.0.{n // 250 % 250}.{n % 250}</privateIpAddress>"
        f"<sourceDestCheck>true</sourceDestCheck><groupSet><item><groupId>sg-{n:017x}</groupId><groupName>group-{n:06}</groupName></item></groupSet>"
        f"<attachment><attachmentId>eni-attach-{n:017x}</attachmentId><instanceId>i-{n:017x}</instanceId><status>attached</status></attachment>"
        f"<interfaceType>interface</interfaceType></item>")


def log_group(n):
    return {
        "logGroupName": f"/app/group-{n:06}", "creationTime": 1767323045000, "retentionInDays": 30, "metricFilterCount": 0,
        "arn": f"arn:aws:logs:us-east-1:123456789012:log-group:/app/group-{n:06}:*", "storedBytes": n,
        "logGroupClass": "STANDARD"}


def function(n):
    return {
        "FunctionName": f"function-{n:06}", "FunctionArn": f"arn:aws:lambda:us-east-1:123456789012:function:function-{n:06}",
        "Runtime": "python3.13", "Role": f"arn:aws:iam::123456789012:role/role-{n % 100}", "Handler": "index.handler",
        "CodeSize": 1000, "Description": "", "Timeout": 30, "MemorySize": 256, "LastModified": "2026-01-02T03:04:05.000+0000",
        "CodeSha256": "x" * 44, "Version": "$LATEST", "TracingConfig": {"Mode": "PassThrough"}, "PackageType": "Zip",
        "Environment": {"Variables": {"STAGE": "production", "TABLE": f"table-{n}"}}, "Architectures": ["x86_64"],
        "EphemeralStorage": {"Size": 512}, "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": f"/aws/lambda/function-{n:06}"}}


# service, operation -> share, what one is, page size, names: (document of the list, member with the token).
EC2 = {
    "DescribeVolumes": ("volumes", volume, "volumeSet"), "DescribeSecurityGroups": ("groups", group, "securityGroupInfo"),
    "DescribeNetworkInterfaces": ("interfaces", interface, "networkInterfaceSet")}


class Account:
    def __init__(self, size):
        self.counts = {name: size * share // 100 for name, share in SHARES.items()}
        self.requests = self.open = self.most = 0

    def page(self, name, token, size):
        """The numbers of a page, and the token of the next."""
        start = int(token or 0)
        end = min(start + size, self.counts[name])
        return range(start, end), str(end) if end < self.counts[name] else None

    def answer(self, method, target, headers, body):
        """Status, content type and body."""
        service = re.search(rb"/([a-z0-9-]+)/aws4_request", headers)
        service = service[1].decode() if service else "sts"
        url = urllib.parse.urlsplit(target)
        if service in ("ec2", "sts"):
            form = dict(urllib.parse.parse_qsl(body.decode()))
            return self.ec2(form) if service == "ec2" else self.sts(form)
        if service == "s3":
            return self.s3(url)
        if service == "lambda":
            return self.functions(url)
        action = re.search(rb"x-amz-target: *\S*\.(\w+)", headers, re.IGNORECASE)
        return self.json(service, action[1].decode(), json.loads(body)) if action else denied(XML)

    def sts(self, form):
        return 200, XML, (
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAMADEUP0000000001</AccessKeyId>"
            "<SecretAccessKey>made-up</SecretAccessKey><SessionToken>made-up</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
            f"</Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/{form.get('RoleSessionName')}</Arn>"
            "<AssumedRoleId>AROAMADEUP:x</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>")

    def ec2(self, form):
        action = form.get("Action", "?")
        if action not in EC2:
            return denied(XML)
        name, make, member = EC2[action]
        numbers, token = self.page(name, form.get("NextToken"), 1_000)
        next_token = f"<nextToken>{token}</nextToken>" if token else ""
        return 200, XML, f"<{action}Response><{member}>{''.join(map(make, numbers))}</{member}>{next_token}</{action}Response>"

    def json(self, service, action, given):
        form = "application/x-amz-json-1.0"
        if (service, action) == ("logs", "DescribeLogGroups"):
            numbers, token = self.page("logs", given.get("nextToken"), 50)
            answer = {"logGroups": [log_group(n) for n in numbers]} | ({"nextToken": token} if token else {})
        elif (service, action) == ("sqs", "ListQueues"):
            numbers, token = self.page("queues", given.get("NextToken"), 1_000)
            answer = {"QueueUrls": [f"https://sqs.us-east-1.amazonaws.com/123456789012/queue-{n:06}" for n in numbers]}
            answer |= {"NextToken": token} if token else {}
        elif (service, action) == ("sqs", "GetQueueAttributes"):
            name = given["QueueUrl"].rsplit("/", 1)[-1]
            answer = {"Attributes": {
                "QueueArn": f"arn:aws:sqs:us-east-1:123456789012:{name}", "SqsManagedSseEnabled": "true",
                "MessageRetentionPeriod": "345600", "Policy": json.dumps({"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sqs:*", "Resource": "*"}]})}}
        elif (service, action) == ("sqs", "ListQueueTags"):
            answer = {"Tags": {"team": "a"}}
        else:
            return denied(form)
        return 200, form, json.dumps(answer)

    def functions(self, url):
        if url.path.rstrip("/") == "/2015-03-31/functions":
            token = dict(urllib.parse.parse_qsl(url.query)).get("Marker")
            numbers, token = self.page("functions", token, 50)
            return 200, JSON_TYPE, json.dumps({"Functions": [function(n) for n in numbers], "NextMarker": token})
        if "/tags/" in url.path:
            return 200, JSON_TYPE, json.dumps({"Tags": {"team": "a"}})
        if url.path.endswith("/concurrency"):
            return 200, JSON_TYPE, "{}"
        return 404, JSON_TYPE, json.dumps({"__type": "ResourceNotFoundException", "Message": "not there"})

    def s3(self, url):
        if url.path == "/":
            numbers, _ = self.page("buckets", None, self.counts["buckets"])
            buckets = "".join(
                f"<Bucket><Name>bucket-{n:06}</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket>" for n in numbers)
            return 200, XML, f"<ListAllMyBucketsResult>{OWNER}<Buckets>{buckets}</Buckets></ListAllMyBucketsResult>"
        question = url.query.split("&")[0].rstrip("=")
        if question in NOT_THERE:
            return 404, XML, f"<Error><Code>{NOT_THERE[question]}</Code><Message>not there</Message></Error>"
        return 200, XML, {
            "location": "<LocationConstraint/>",
            "encryption": "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
                          "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
            "acl": f"<AccessControlPolicy>{OWNER}<AccessControlList/></AccessControlPolicy>",
            "versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
            "logging": "<BucketLoggingStatus/>",
        }.get(question, "<Nothing/>")


def denied(content_type):
    if content_type == XML:
        return 403, XML, "<Response><Errors><Error><Code>AccessDenied</Code><Message>no</Message></Error></Errors></Response>"
    return 403, content_type, json.dumps({"__type": "AccessDeniedException", "message": "no"})


class Connection(asyncio.Protocol):
    """Requests one behind the other, as HTTP/1.1 has them."""

    def __init__(self, account):
        self.account = account
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.account.open += 1
        self.account.most = max(self.account.most, self.account.open)

    def connection_lost(self, _):
        self.account.open -= 1

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
            total = end + 4 + (int(length[1]) if length else 0)
            if len(self.buffer) < total:
                return
            body, self.buffer = self.buffer[end + 4 : total], self.buffer[total:]
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
            self.account.requests += 1
            status, content_type, text = self.account.answer(method, target, head, body)
            answer = text.encode()
            self.transport.write(
                f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer)


async def main():
    account = Account(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(account), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(json.dumps({"requests": account.requests, "connections": account.most, "resources": sum(account.counts.values())}))


if __name__ == "__main__":
    asyncio.run(main())
