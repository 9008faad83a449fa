internal import Documents
internal import Posture
internal import Reports
internal import Rules

/// One line of the list of findings. Filters read its attributes.
struct FindingRow {
    private let entry: ReportEntry
    private let place: String

    init(_ entry: ReportEntry, place: String) {
        self.entry = entry
        self.place = place
    }

    var markup: String {
        let resource = entry.resource
        let frameworks = Set(entry.controls.map { String($0.prefix { $0 != "/" }) }).sorted()
        let seen =
            entry.firstSeen.map { "<time datetime=\"\($0)\" title=\"first seen\">\($0.date)</time>" } ?? "<span></span>"
        return """
            <li class="row" id="f-\(Markup.line(entry.id))" data-severity="\(entry.severity.rawValue)" \
            data-service="\(Markup.line(Self.service(entry)))" data-frameworks="\(Markup.line(frameworks.joined(separator: " ")))">\
            \(Fragment.severity(entry.severity))\
            <a class="stop" href="\(SitePath.address(place))">\(Markup.line(entry.message.cut(to: Self.longest)))</a>\
            <code class="resource">\(Markup.line(Self.name(resource).cut(to: Self.longest)))</code>\
            <span class="type">\(Markup.line(resource.type))</span>\
            <span class="region">\(Markup.line(resource.region))</span>\
            <code class="rule">\(Markup.line(entry.rule))</code>\(seen)</li>

            """
    }

    /// Longer texts stand in the details.
    static let longest = 240

    /// What could not be listed has no ids.
    private static func name(_ resource: ResourceReference) -> String {
        resource.id == "*" ? "all of them" : resource.id
    }

    /// `S3` of `AWS::S3::Bucket`, `Account` of `AWS::::Account`, `Parapet` of `Parapet::Waiver`.
    static func service(_ entry: ReportEntry) -> String {
        let parts = entry.resource.type.split(separator: ":")
        guard parts.count > 1 else { return entry.resource.type }
        return String(parts[0] == "AWS" ? parts[1] : parts[0])
    }
}
