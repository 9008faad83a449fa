/// The header by which GitHub says where other pages are: `<https://…?page=2>; rel="next", <…>; rel="last"`.
enum LinkHeader {
    /// The address of the next page.
    static func next(in text: String) -> String? {
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let url = rest[rest.index(after: open)..<close]
            rest = rest[rest.index(after: close)...]
            let parameters = rest.prefix { $0 != "<" }
            let isNext = parameters.split(separator: ";").contains { parameter in
                let name = parameter.filter { $0 != " " && $0 != "\"" && $0 != "," }
                return name.lowercased() == "rel=next"
            }
            if isNext { return String(url) }
        }
        return nil
    }
}
