"""Starts moto's server with operations that it lacks: settings of an account as AWS has them where nobody changed them.

usage: moto_additions.py, with the arguments of moto_server
"""
import json
import sys

from moto.account import urls as account_urls
from moto.account.responses import AccountResponse
from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response
from moto.iam.models import IAMBackend
from moto.macie2 import urls as macie2_urls
from moto.macie2.responses import MacieResponse
from moto.securityhub import urls as securityhub_urls
from moto.securityhub.responses import SecurityHubResponse
from moto.server import main
from moto.ssm.responses import SimpleSystemManagerResponse

# In EC2's XML.
EC2 = {
    "GetSnapshotBlockPublicAccessState": "<state>block-new-sharing</state>",
    "GetInstanceMetadataDefaults": "<accountLevel><httpTokens>required</httpTokens></accountLevel>",
    "DescribeVpcBlockPublicAccessOptions": """<vpcBlockPublicAccessOptions>
        <awsAccountId>123456789012</awsAccountId><awsRegion>us-east-1</awsRegion><state>default-state</state>
        <internetGatewayBlockMode>off</internetGatewayBlockMode><managedBy>account</managedBy>
        <exclusionsAllowed>allowed</exclusionsAllowed></vpcBlockPublicAccessOptions>""",
}
# In JSON: the method on the class that answers, the path, the answer.
STANDARD = "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0"
REST = [
    (AccountResponse, account_urls, "/getContactInformation", "get_contact_information", {
        "ContactInformation": {"FullName": "Made Up", "PhoneNumber": "+1 555 0100", "CountryCode": "US"}}),
    (MacieResponse, macie2_urls, "/automated-discovery/configuration", "get_automated_discovery_configuration", {
        "status": "DISABLED"}),
    (MacieResponse, macie2_urls, "/jobs/list", "list_classification_jobs", {"items": [{
        "jobId": "1", "jobStatus": "RUNNING", "jobType": "SCHEDULED",
        "bucketDefinitions": [{"accountId": "123456789012", "buckets": ["first-bucket"]}]}]}),
    (SecurityHubResponse, securityhub_urls, "/standards/get", "get_enabled_standards", {"StandardsSubscriptions": [{
        "StandardsArn": STANDARD, "StandardsSubscriptionArn": STANDARD, "StandardsInput": {}, "StandardsStatus": "READY"}]}),
    (SecurityHubResponse, securityhub_urls, "/productSubscriptions", "list_enabled_products_for_import", {
        "ProductSubscriptions": ["arn:aws:securityhub:us-east-1:123456789012:product-subscription/aws/guardduty"]}),
]
ROOT_ROW = (
    "<root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,not_supported,2020-02-01T10:00:00+00:00,not_supported,"
    "not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n")


def snake(operation):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)[1:]


def answer_ec2(operation, members):
    body = f'<{operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>{members}</{operation}Response>'
    setattr(EC2Response, snake(operation), lambda self: body)


def get_service_setting(self):
    name = self._get_param("SettingId")
    return json.dumps({"ServiceSetting": {
        "SettingId": name, "SettingValue": "Enable" if "sharing" in name else "", "Status": "Default",
        "ARN": f"arn:aws:ssm:{self.region}:{self.current_account}:servicesetting{name}",
        "LastModifiedDate": 1_700_000_000.0, "LastModifiedUser": "System"}})


def add():
    for operation, members in EC2.items():
        answer_ec2(operation, members)
    for responses, urls, path, method, answer in REST:
        made = (lambda answer: lambda self: ActionResult(answer))(answer)
        if responses is not AccountResponse:
            made = (lambda answer: lambda self: json.dumps(answer))(answer)
        setattr(responses, method, made)
        urls.url_paths[f"{{0}}{path}$"] = responses.dispatch
    SimpleSystemManagerResponse.get_service_setting = get_service_setting
    # AWS's first row is the root user's.
    report = IAMBackend.get_credential_report
    IAMBackend.get_credential_report = lambda self: report(self).replace("\n", f"\n{ROOT_ROW}", 1)


if __name__ == "__main__":
    add()
    sys.exit(main())
