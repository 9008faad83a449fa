/// An element of an XML document, its namespaces taken off: AWS names members by their local names.
public struct XMLElement: Sendable, Equatable {
    public var name: String
    public var attributes: [(name: String, value: String)]
    public var children: [XMLElement]
    /// The character data directly inside the element.
    public var text: String

    public init(
        name: String, attributes: [(name: String, value: String)] = [], children: [XMLElement] = [], text: String = ""
    ) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    public func first(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    public static func == (left: XMLElement, right: XMLElement) -> Bool {
        left.name == right.name && left.text == right.text && left.children == right.children
            && left.attributes.elementsEqual(right.attributes) { $0.name == $1.name && $0.value == $1.value }
    }
}
