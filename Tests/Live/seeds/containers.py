"""ECR, ECS, EKS."""
import hashlib
import json

ROLE = "arn:aws:iam::123456789012:role/first"
SUBNETS = {"subnetIds": ["subnet-1", "subnet-2"], "endpointPublicAccess": True, "publicAccessCidrs": ["0.0.0.0/0"]}
DIGEST = "sha256:" + hashlib.sha256(b"layer").hexdigest()
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Sid": "all", "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}]})


def seed(aws):
    seed_images(aws("ecr"))
    seed_ecs(aws("ecs"), aws("autoscaling"), aws("ec2"))
    for name in ("one", "two"):
        eks = aws("eks")
        eks.create_cluster(
            name=name, roleArn=ROLE, resourcesVpcConfig=SUBNETS, tags={"team": "a"},
            logging={"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]},
            encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:us-east-1:123456789012:key/1"}}])
        for group in ("a", "b"):
            eks.create_nodegroup(
                clusterName=name, nodegroupName=group, subnets=["subnet-1"], nodeRole=ROLE,
                scalingConfig={"minSize": 0, "maxSize": 2, "desiredSize": 1})


def seed_images(ecr):
    ecr.put_registry_policy(policyText=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": "r", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": ["ecr:ReplicateImage"],
         "Resource": "arn:aws:ecr:us-east-1:123456789012:repository/*"}]}))
    ecr.put_registry_scanning_configuration(scanType="BASIC", rules=[
        {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}])
    for name in ("one", "two"):
        ecr.create_repository(
            repositoryName=name, imageScanningConfiguration={"scanOnPush": True}, imageTagMutability="IMMUTABLE",
            encryptionConfiguration={"encryptionType": "AES256"})
        ecr.set_repository_policy(repositoryName=name, policyText=POLICY)
        ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=json.dumps({"rules": [
            {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1},
             "action": {"type": "expire"}}]}))
        for tag in ("v1", "v2"):
            ecr.put_image(repositoryName=name, imageTag=tag, imageManifest=json.dumps({
                "schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 7, "digest": DIGEST, "tag": tag},
                "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": 5, "digest": DIGEST}]}))
            ecr.start_image_scan(repositoryName=name, imageId={"imageTag": tag})


def seed_ecs(ecs, autoscaling, ec2):
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["AutoScalingGroupARN"]
    ecs.create_capacity_provider(name="own", autoScalingGroupProvider={"autoScalingGroupArn": group})
    for name in ("one", "two"):
        ecs.create_cluster(
            clusterName=name, settings=[{"name": "containerInsights", "value": "enabled"}], tags=[{"key": "team", "value": "a"}])
        ecs.register_task_definition(
            family=name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[
                {"name": "web", "image": "web:1", "privileged": False, "essential": True, "memory": 128,
                 "environment": [{"name": "STAGE", "value": "test"}], "portMappings": [{"containerPort": 80}],
                 "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "web"}}}])
        for service in ("a", "b"):
            ecs.create_service(
                cluster=name, serviceName=service, taskDefinition=name, desiredCount=0, launchType="FARGATE",
                networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [], "assignPublicIp": "ENABLED"}})
        ecs.create_service(cluster=name, serviceName="c", desiredCount=0, deploymentController={"type": "EXTERNAL"})
        ecs.create_task_set(cluster=name, service="c", taskDefinition=name, launchType="FARGATE", networkConfiguration={
            "awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [], "assignPublicIp": "ENABLED"}})
