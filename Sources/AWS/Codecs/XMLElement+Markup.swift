internal import Documents

extension XMLElement {
    /// The element as XML text, without a declaration.
    var markup: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        output += "<\(name)"
        for attribute in attributes { output += " \(attribute.name)=\"\(Self.escape(attribute.value))\"" }
        output += ">"
        output += Self.escape(text)
        for child in children { child.write(to: &output) }
        output += "</\(name)>"
    }

    private static func escape(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\r": output += "&#xD;"
            case "\n": output += "&#xA;"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
