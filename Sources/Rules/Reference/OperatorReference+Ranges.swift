extension OperatorReference {
    static let ranges: [OperatorReference] = [
        OperatorReference(
            .coversAny, on: "ranges `FROM..TO`", takes: "a list of whole numbers",
            "One of the numbers lies in the range.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {FromPort..ToPort: {covers_any: [22, 3389]}}}}",
                "{IpPermissions: [{FromPort: 20, ToPort: 25}]}", .true
            ),
            (
                "{IpPermissions: {some: {FromPort..ToPort: {covers_any: [22, 3389]}}}}",
                "{IpPermissions: [{FromPort: 443, ToPort: 443}]}", .false
            )),
        OperatorReference(
            .coversAll, on: "ranges `FROM..TO`", takes: "a list of whole numbers",
            "All numbers lie in the range.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {FromPort..ToPort: {covers_all: [22, 3389]}}}}",
                "{IpPermissions: [{FromPort: 0, ToPort: 65535}]}", .true
            ),
            (
                "{IpPermissions: {some: {FromPort..ToPort: {covers_all: [22, 3389]}}}}",
                "{IpPermissions: [{FromPort: 20, ToPort: 25}]}", .false
            )),
        OperatorReference(
            .inside, on: "ranges `FROM..TO`", takes: "the two ends of a range",
            "The range lies within the operand.",
            at: "AWS::EC2::SecurityGroup",
            (
                "{IpPermissions: {some: {FromPort..ToPort: {inside: [1024, 65535]}}}}",
                "{IpPermissions: [{FromPort: 8080, ToPort: 8081}]}", .true
            ),
            (
                "{IpPermissions: {some: {FromPort..ToPort: {inside: [1024, 65535]}}}}",
                "{IpPermissions: [{FromPort: 80, ToPort: 8080}]}", .false
            )),
    ]
}
