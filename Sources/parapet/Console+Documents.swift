internal import Documents
internal import Glibc

extension Console {
    /// A JSON document, indented. What a terminal, or the runner of a job, would act on is escaped.
    func print(_ json: JSON) { print(lines: inLog(json: json.text(.indented, .escaped))) }

    /// Whole lines, as they are.
    func print(lines: String) { FileHandleText.write(lines, to: STDOUT_FILENO) }
}
