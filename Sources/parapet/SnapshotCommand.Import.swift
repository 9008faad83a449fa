internal import ArgumentParser
internal import Collection
internal import Documents
internal import Reports
internal import Resources
internal import Workspace

extension SnapshotCommand {
    /// `parapet snapshot import`
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Makes a snapshot of a configuration snapshot that AWS Config delivered.",
            discussion: """
                FILE is JSON with `configurationItems`, as it is or packed with gzip. Types whose shapes are known are \
                imported, the others counted. What AWS Config does not record is uncollected, with the code NotRecorded.
                """)

        @Option(name: .long, help: ArgumentHelp("The file that AWS Config wrote.", valueName: "file"))
        var awsConfig: String

        @Option(name: .long, help: ArgumentHelp("The folder; it must not exist or be empty.", valueName: "dir"))
        var out: String

        @Option(
            name: .long,
            help: ArgumentHelp("When the file was made; default: what its name says.", valueName: "time"))
        var at: String?

        private static let largest = 1 << 30

        func run() throws {
            let moment = try moment()
            let folder = try OutputFolder(out)
            let catalog = try BuiltinContent.load().catalog
            let imported: AWSConfigImport
            do {
                imported = try AWSConfigImport(
                    try contents(), at: moment, catalog: catalog,
                    redaction: SecretRedaction(digests: try SecretDigests.fromEnvironment()))
            } catch let error as AWSConfigImportError {
                throw CommandFailure(.configuration, "cannot import `\(awsConfig)`: \(error)")
            }
            try folder.write(SnapshotFiles.files(of: imported.snapshot))
            let console = Console.standard
            console.print(SnapshotSummary(imported.snapshot, collectedAt: moment).text(console.output))
            for (type, number) in imported.skipped.sorted(by: { $0.key.precedesByBytes($1.key) }) {
                console.note("not imported: \(number) × \(type), which has no mapping")
            }
            if imported.deleted > 0 { console.note("not imported: \(count(imported.deleted, "deleted resource"))") }
            if imported.malformed > 0 {
                console.warning("\(count(imported.malformed, "item")) could not be read")
                throw ExitStatus.incomplete
            }
        }

        private func contents() throws(CommandFailure) -> [UInt8] {
            let bytes = try InputFile.read(awsConfig, limit: Self.largest)
            guard Gzip.isGzip(bytes) else { return bytes }
            do {
                return try Gzip.unpacked(bytes, limit: Self.largest)
            } catch {
                throw CommandFailure(
                    .configuration,
                    error == .tooLarge
                        ? "`\(awsConfig)` unpacks to more than \(Self.largest >> 20) MiB"
                        : "`\(awsConfig)` is no whole gzip file")
            }
        }

        /// `…_ConfigSnapshot_20260115T093000Z_….json.gz` says it; the content does not.
        private func moment() throws(CommandFailure) -> Timestamp {
            let name = awsConfig.split(separator: "/").last ?? ""
            let stamp = name.split(separator: "_").lazy.compactMap { Self.moment(basic: $0) }.first
            guard let moment = at.map({ Timestamp($0) }) ?? stamp else {
                throw CommandFailure(
                    .configuration,
                    at.map { "`\($0)` is no moment" } ?? "the name of `\(awsConfig)` does not say when it was made",
                    help: "say it: --at 2026-01-15T00:00:00Z")
            }
            return moment
        }

        /// `20260115T093000Z`
        private static func moment(basic text: Substring) -> Timestamp? {
            let bytes = Array(text.utf8)
            guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
            let part = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
            return Timestamp(
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
        }
    }
}
