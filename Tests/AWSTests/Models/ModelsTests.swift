import AWSModels
import Documents
import Synchronization
import Testing

struct ModelsTests {
    @Test(arguments: Fixtures.services)
    func parses(_ service: String) throws {
        let model = try Fixtures.models.model(service)
        #expect(model.service == service)
        #expect(!model.operations.isEmpty)
        _ = try Fixtures.models.endpoints().endpoint(service: service, region: "eu-west-1")
        for operation in model.operations.values {
            if let input = operation.input { #expect(model.structure(input) != nil) }
            if let output = operation.output { #expect(model.structure(output) != nil) }
        }
    }

    @Test func keepsEnumsTraitsAndPagination() throws {
        let iam = try Fixtures.models.model("iam")
        let index = try #require(iam.shapeIndexes["statusType"])
        guard case .string(let values) = iam.shape(index) else {
            Issue.record("statusType is no string")
            return
        }
        #expect(values.contains("Active"))
        let pagination = try #require(iam.operation("ListUsers").pagination)
        #expect(pagination.resultKeys == ["Users"])
        #expect(pagination.moreResults == "IsTruncated")
        let role = try #require(iam.shapeIndexes["Role"].flatMap { iam.structure($0) })
        #expect(role.member("AssumeRolePolicyDocument")?.traits.isPolicyDocument == true)
        let s3 = try Fixtures.models.model("s3")
        #expect(s3.signsAsS3)
        #expect(try s3.operation("GetBucketLocation").unwrapsRoot)
        #expect(throws: ModelError.self) { try s3.operation("Nothing") }
    }

    /// An answer that names the next page is read to its end, whether or not botocore pages it.
    @Test func pagesWhateverHasPages() throws {
        let tokens: Set<String> = ["NextToken", "nextToken", "NextMarker", "Marker", "NextPageToken"]
        let given = tokens.union(["PageToken"])
        var unpaged: [String] = []
        for name in Fixtures.services {
            let model = try Fixtures.models.model(name)
            for operation in model.operations.values where operation.pagination == nil {
                let answered = operation.output.flatMap { model.structure($0) }?.members.map(\.name) ?? []
                let asked = operation.input.flatMap { model.structure($0) }?.members.map(\.name) ?? []
                if !tokens.isDisjoint(with: answered), !given.isDisjoint(with: asked) {
                    unpaged.append("\(name):\(operation.name)")
                }
            }
        }
        #expect(unpaged == [])
        let pagination = try #require(Fixtures.models.model("wafv2").operation("ListWebACLs").pagination)
        #expect(pagination.inputTokens == ["NextMarker"])
        #expect(pagination.resultKeys == ["WebACLs"])
    }

    @Test func parsesOnceAndLate() throws {
        let loads = Mutex<[String]>([])
        let library = ModelLibrary { name in
            loads.withLock { $0.append(name) }
            return name == "a" ? Array(#"{"v":1,"service":"a","protocol":"json"}"#.utf8) : nil
        }
        #expect(loads.withLock { $0 }.isEmpty)
        #expect(try library.model("a") === library.model("a"))
        #expect(loads.withLock { $0 } == ["a"])
        #expect { try library.model("b") } throws: { ($0 as? ModelError)?.code == .unknownService }
    }

    @Test(arguments: [
        #"{"service":"a","protocol":"json"}"#, #"{"v":1,"protocol":"json"}"#,
        #"{"v":1,"service":"a","protocol":"cbor"}"#,
        #"{"v":1,"service":"a","protocol":"json","ops":{"A":{"in":"B"}}}"#,
        #"{"v":1,"service":"a","protocol":"json","shapes":{"A":{"e":"B"}}}"#,
        #"{"v":1,"service":"a","protocol":"json","shapes":{"A":{}}}"#,
    ])
    func refusesMalformedModels(_ text: String) throws {
        let json = try JSON.parse(text)
        #expect { try ServiceModel(json: json) } throws: { ($0 as? ModelError)?.code == .malformed }
    }

    @Test(arguments: [
        ("acm", "eu-west-1", false, false, "acm.eu-west-1.amazonaws.com", "eu-west-1"),
        ("s3control", "eu-west-1", false, false, "s3-control.eu-west-1.amazonaws.com", "eu-west-1"),
        ("s3", "eu-west-1", false, false, "s3.eu-west-1.amazonaws.com", "eu-west-1"),
        ("s3", "us-east-1", true, true, "s3-fips.dualstack.us-east-1.amazonaws.com", "us-east-1"),
        ("iam", "eu-west-1", false, false, "iam.amazonaws.com", "us-east-1"),
        ("iam", "cn-northwest-1", false, false, "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("iam", "us-gov-east-1", false, false, "iam.us-gov.amazonaws.com", "us-gov-west-1"),
        ("sts", "eu-central-1", false, false, "sts.eu-central-1.amazonaws.com", "eu-central-1"),
        ("ec2", "eu-central-1", false, true, "ec2.eu-central-1.api.aws", "eu-central-1"),
        ("ec2", "eu-far-9", false, false, "ec2.eu-far-9.amazonaws.com", "eu-far-9"),
    ])
    func findsEndpoints(
        _ service: String, _ region: String, _ fips: Bool, _ dualStack: Bool, _ host: String, _ signingRegion: String
    ) throws {
        let endpoint = try Fixtures.models.endpoints()
            .endpoint(service: service, region: region, fips: fips, dualStack: dualStack)
        #expect(endpoint.host == host)
        #expect(endpoint.signingRegion == signingRegion)
    }

    @Test func knowsEndpointsOfSingleOperations() throws {
        let endpoints = try Fixtures.models.endpoints()
        let directory = try endpoints.endpoint(service: "s3", operation: "ListDirectoryBuckets", region: "eu-west-1")
        #expect(directory.host == "s3express-control.eu-west-1.amazonaws.com")
        #expect(directory.signingName == "s3express")
        let other = try endpoints.endpoint(service: "s3", operation: "ListBuckets", region: "eu-west-1")
        #expect(other.host == "s3.eu-west-1.amazonaws.com")
    }

    @Test(arguments: [
        ("cloudwatch", "monitoring", "cloudwatch"), ("elbv2", "elasticloadbalancing", "elasticloadbalancing"),
        ("s3control", "s3", "s3"), ("sesv2", "ses", "ses"),
    ])
    func namesServicesForSignaturesAndForIAM(_ service: String, _ signing: String, _ iam: String) throws {
        let model = try Fixtures.models.model(service)
        #expect(model.signingName == signing)
        #expect(model.iamPrefix == iam)
    }

    @Test(arguments: ["acm-pca", "cloudwatch", "codebuild", "workspaces"])
    func speaksJSONWhereAWSPrefersCBOR(_ service: String) throws {
        #expect(try Fixtures.models.model(service).wireProtocol == .json)
    }

    @Test func knowsPartitions() throws {
        let endpoints = try Fixtures.models.endpoints()
        #expect(endpoints.partition(ofRegion: "cn-north-1")?.id == "aws-cn")
        #expect(endpoints.partition(ofRegion: "us-gov-new-7")?.id == "aws-us-gov")
        #expect(endpoints.partition(ofRegion: "nowhere") == nil)
        #expect(endpoints.knownRegions.contains("eu-west-1"))
        #expect { try endpoints.endpoint(service: "s3", region: "cn-north-1", fips: true) } throws: { error in
            (error as? ModelError)?.code == .noEndpoint
        }
    }
}
