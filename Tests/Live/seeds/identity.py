"""IAM, KMS, ACM, Cognito, Secrets Manager, accounts."""
import json

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Sid": "Größe & <all>", "Effect": "Allow", "Action": ["*"], "Resource": "*"}]})
ROLE = "arn:aws:iam::123456789012:role/first"


def seed(aws):
    seed_iam(aws("iam"))
    seed_keys(aws("kms"))
    seed_certificates(aws("acm"), aws("acm-pca"))
    seed_cognito(aws("cognito-idp"), aws("cognito-identity"))
    for name in ("database", "api"):
        aws("secretsmanager").create_secret(Name=name, SecretString="made-up", Tags=[{"Key": "team", "Value": "a"}])
    aws("secretsmanager").put_resource_policy(SecretId="api", ResourcePolicy=EVERYTHING)
    aws("account").put_alternate_contact(
        AlternateContactType="SECURITY", EmailAddress="a@example.org", Name="A", PhoneNumber="1", Title="B")
    aws("s3control").put_public_access_block(
        AccountId="123456789012", PublicAccessBlockConfiguration={"BlockPublicAcls": True, "IgnorePublicAcls": False})


def seed_iam(iam):
    for name in ("first", "second"):
        iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": name}, {"Key": "café", "Value": "<&>"}])
        iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=TRUST, Description="a & b", Tags=[{"Key": "team", "Value": name}])
        iam.create_group(GroupName=name)
        iam.add_user_to_group(GroupName=name, UserName="first")
        iam.create_access_key(UserName="first")
        policy = iam.create_policy(PolicyName=name, PolicyDocument=EVERYTHING)["Policy"]["Arn"]
        iam.attach_user_policy(UserName="first", PolicyArn=policy)
        iam.attach_role_policy(RoleName="first", PolicyArn=policy)
        iam.attach_group_policy(GroupName="first", PolicyArn=policy)
        iam.put_user_policy(UserName="first", PolicyName=name, PolicyDocument=EVERYTHING)
        iam.put_role_policy(RoleName="first", PolicyName=name, PolicyDocument=EVERYTHING)
        iam.put_group_policy(GroupName="first", PolicyName=name, PolicyDocument=EVERYTHING)
        iam.create_instance_profile(InstanceProfileName=name)
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]
        iam.create_saml_provider(Name=name, SAMLMetadataDocument="x" * 1024)
        iam.create_open_id_connect_provider(
            Url=f"https://{name}.example.org", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["a" * 40])
        iam.upload_server_certificate(ServerCertificateName=name, CertificateBody="body", PrivateKey="made-up")
    iam.add_user_to_group(GroupName="first", UserName="second")
    iam.enable_mfa_device(
        UserName="first", SerialNumber=device, AuthenticationCode1="123456", AuthenticationCode2="654321")
    iam.add_role_to_instance_profile(InstanceProfileName="first", RoleName="first")
    iam.attach_role_policy(RoleName="second", PolicyArn="arn:aws:iam::aws:policy/SecurityAudit")
    iam.put_role_permissions_boundary(RoleName="second", PermissionsBoundary=policy)
    iam.create_login_profile(UserName="first", Password="Made-up-1")
    iam.create_account_alias(AccountAlias="seeded")
    iam.update_account_password_policy(MinimumPasswordLength=14, RequireSymbols=True, MaxPasswordAge=90)
    iam.generate_credential_report()


def seed_keys(kms):
    for name in ("alias/first", "alias/second"):
        key = kms.create_key(Description=name, Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=name, TargetKeyId=key)
        kms.enable_key_rotation(KeyId=key)
        for _ in range(2):
            kms.create_grant(KeyId=key, GranteePrincipal=ROLE, Operations=["Decrypt"])


def seed_certificates(acm, authority):
    for name in ("a.example.org", "b.example.org"):
        acm.request_certificate(DomainName=name, ValidationMethod="DNS", SubjectAlternativeNames=[f"www.{name}"])
        authority.create_certificate_authority(
            CertificateAuthorityConfiguration={
                "KeyAlgorithm": "RSA_2048", "SigningAlgorithm": "SHA256WITHRSA", "Subject": {"CommonName": name}},
            CertificateAuthorityType="ROOT")


def seed_cognito(users, identities):
    for name in ("first", "second"):
        pool = users.create_user_pool(PoolName=name, MfaConfiguration="OPTIONAL")["UserPool"]["Id"]
        for application in ("web", "app"):
            users.create_user_pool_client(UserPoolId=pool, ClientName=application)
        identities.create_identity_pool(IdentityPoolName=name, AllowUnauthenticatedIdentities=True)
