extension OperatorReference {
    static let scalars: [OperatorReference] = [
        OperatorReference(
            .eq, on: "text, numbers, booleans, timestamps", takes: "a value",
            "Equal; text byte by byte, numbers by value. `PATH: VALUE` says the same.",
            at: "AWS::EC2::Instance",
            ("{State.Name: {eq: running}}", "{State: {Name: running}}", .true),
            ("{State.Name: running}", "{State: {Name: stopped}}", .false),
            ("{State.Name: running}", "{}", .unknown)),
        OperatorReference(
            .ne, on: "text, numbers, booleans, timestamps", takes: "a value",
            "Not equal.",
            at: "AWS::EC2::Instance",
            ("{State.Name: {ne: terminated}}", "{State: {Name: running}}", .true),
            ("{State.Name: {ne: terminated}}", "{State: {Name: terminated}}", .false)),
        OperatorReference(
            .in, on: "text, numbers, booleans, timestamps", takes: "a list",
            "Equal to one of the values.",
            at: "AWS::EC2::Instance",
            ("{State.Name: {in: [pending, running]}}", "{State: {Name: pending}}", .true),
            ("{State.Name: {in: [pending, running]}}", "{State: {Name: stopped}}", .false)),
        OperatorReference(
            .notIn, on: "text, numbers, booleans, timestamps", takes: "a list",
            "Equal to none of the values.",
            at: "AWS::EC2::Instance",
            ("{State.Name: {not_in: [terminated, shutting-down]}}", "{State: {Name: running}}", .true),
            ("{State.Name: {not_in: [terminated, shutting-down]}}", "{State: {Name: terminated}}", .false)),
        OperatorReference(
            .lt, on: "numbers, timestamps", takes: "a number or a timestamp",
            "Less than, or before.",
            at: "AWS::EC2::Volume",
            ("{Size: {lt: 8}}", "{Size: 7}", .true),
            ("{Size: {lt: 8}}", "{Size: 8}", .false)),
        OperatorReference(
            .lte, on: "numbers, timestamps", takes: "a number or a timestamp",
            "At most, or not after.",
            at: "AWS::EC2::Volume",
            ("{Size: {lte: 8}}", "{Size: 8}", .true),
            ("{Size: {lte: 8}}", "{Size: 9}", .false)),
        OperatorReference(
            .gt, on: "numbers, timestamps", takes: "a number or a timestamp",
            "Greater than, or after.",
            at: "AWS::EC2::Volume",
            ("{Size: {gt: 8}}", "{Size: 9}", .true),
            ("{Size: {gt: 8}}", "{Size: 8}", .false)),
        OperatorReference(
            .gte, on: "numbers, timestamps", takes: "a number or a timestamp",
            "At least, or not before.",
            at: "AWS::EC2::Volume",
            ("{Size: {gte: 8}}", "{Size: 8}", .true),
            ("{Size: {gte: 8}}", "{Size: 7}", .false)),
        OperatorReference(
            .lookup, on: "text", takes: "`{table: NAME, column: NAME, OPERATOR: OPERAND}`",
            "Finds the row of a table whose key is the value, and applies the operators to the cell. A value that the table does not have is unknown. These examples have a table of instance types in which t1.micro is retired, and t3.micro is not.",
            at: "AWS::EC2::Instance",
            (
                "{InstanceType: {lookup: {table: instance-types, column: retired, eq: true}}}",
                "{InstanceType: t1.micro}", .true
            ),
            (
                "{InstanceType: {lookup: {table: instance-types, column: retired, eq: true}}}",
                "{InstanceType: t3.micro}", .false
            ),
            (
                "{InstanceType: {lookup: {table: instance-types, column: retired, eq: true}}}",
                "{InstanceType: x9.huge}", .unknown
            )),
    ]
}
