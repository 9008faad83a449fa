// swift-tools-version: 6.2
// Parapet: GitOps policy as code for AWS security posture.
// Rooms stand ground floor first; a room imports only rooms above it in this list.
import PackageDescription

let package = Package(
    name: "parapet",
    products: [
        .executable(name: "parapet", targets: ["parapet"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // The C boundary.
        .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CLibexpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CShims", dependencies: ["CLibcurl", "CLibgit2"]),
        .target(
            name: "CSimdjson",
            cxxSettings: [.define("SIMDJSON_EXCEPTIONS", to: "0")],
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CRe2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CBuiltin", exclude: ["files.inc"]),

        // The rooms.
        .target(name: "Builtin", dependencies: ["CBuiltin"]),
        .target(name: "Documents", dependencies: ["CSimdjson", "CLibyaml", "CLibexpat", "CLibcrypto", "CZlib"]),
        .target(name: "Git", dependencies: ["CLibcrypto", "CLibgit2", "CShims"]),
        .target(name: "HTTP", dependencies: ["CLibcurl", "CShims"]),
        .target(name: "AWSModels", dependencies: ["Builtin", "Documents"], exclude: ["models"]),
        .target(name: "AWS", dependencies: ["AWSModels", "CShims", "Documents", "HTTP"]),
        .target(name: "Resources", dependencies: ["AWSModels", "Builtin", "Documents"], exclude: ["manifests"]),
        .target(name: "Collection", dependencies: ["AWS", "Documents", "Resources", "Rules"]),
        .target(name: "Rules", dependencies: ["CRe2", "Documents", "Resources"]),
        .target(name: "Posture", dependencies: ["Documents", "Resources", "Rules"]),
        .target(
            name: "Workspace", dependencies: ["Builtin", "Documents", "Git", "Posture", "Resources", "Rules"],
            exclude: ["templates"]),
        .target(name: "Reports", dependencies: ["Documents", "Posture", "Resources", "Rules"]),
        .target(
            name: "Site",
            dependencies: ["Builtin", "Documents", "Posture", "Reports", "Resources", "Rules", "Workspace"],
            exclude: ["assets"]),
        .target(name: "Reference", dependencies: ["Documents", "Posture", "Resources", "Rules", "Workspace"]),
        .target(name: "GitHub", dependencies: ["CLibcrypto", "Documents", "HTTP"]),
        .target(
            name: "Scanning",
            dependencies: [
                "AWS", "AWSModels", "Collection", "Documents", "Git", "Posture", "Reports", "Resources", "Rules",
                "Workspace",
            ]),
        .target(
            name: "Review",
            dependencies: [
                "Documents", "Git", "Posture", "Reports", "Resources", "Rules", "Scanning", "Workspace",
            ]),
        .target(name: "Publication", dependencies: ["Documents", "GitHub", "HTTP", "Posture", "Review", "Rules"]),
        .executableTarget(
            name: "parapet",
            dependencies: [
                "AWS", "AWSModels", "CShims", "Collection", "Documents", "Git", "GitHub", "HTTP", "Posture",
                "Publication", "Reference", "Reports", "Resources", "Review", "Rules", "Scanning", "Site", "Workspace",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "GitTests", dependencies: ["Git", "TestSupport"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport"]),
        .testTarget(name: "AWSTests", dependencies: ["AWS", "AWSModels", "Documents", "HTTP", "TestSupport"]),
        .testTarget(
            name: "CollectionTests",
            dependencies: ["AWS", "AWSModels", "Collection", "Documents", "Resources", "Rules", "TestSupport"]),
        .testTarget(
            name: "ScanningTests",
            dependencies: [
                "AWS", "AWSModels", "Collection", "Documents", "Posture", "Resources", "Rules", "Scanning", "Workspace",
            ]),
        .target(name: "GitHubStage", dependencies: ["Documents", "GitHub", "HTTP"], path: "Tests/GitHubStage"),
        .testTarget(
            name: "GitHubTests", dependencies: ["Documents", "GitHub", "GitHubStage", "HTTP", "TestSupport"]),
        .testTarget(
            name: "PublicationTests",
            dependencies: [
                "Documents", "GitHub", "GitHubStage", "HTTP", "Posture", "Publication", "Review", "Rules",
                "TestSupport",
            ]),
        .testTarget(name: "ResourcesTests", dependencies: ["AWSModels", "Documents", "Resources"]),
        .testTarget(
            name: "RulesTests", dependencies: ["AWSModels", "Documents", "Resources", "Rules", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "PostureTests",
            dependencies: ["AWSModels", "Documents", "Posture", "Reports", "Resources", "Rules", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "SiteTests",
            dependencies: [
                "AWSModels", "Documents", "Posture", "Reports", "Resources", "Rules", "Site", "TestSupport",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "WorkspaceTests",
            dependencies: [
                "AWSModels", "Builtin", "Documents", "Git", "Posture", "Resources", "Rules", "Workspace", "TestSupport",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "ReviewTests",
            dependencies: [
                "AWSModels", "Documents", "Git", "Posture", "Reports", "Resources", "Review", "Rules", "Scanning",
                "TestSupport", "Workspace",
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "ReferenceTests",
            dependencies: [
                "AWSModels", "Documents", "Posture", "Reference", "Resources", "Rules", "Workspace", "TestSupport",
            ],
            exclude: ["Golden"]),
    ],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)

let strictness: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let swiftTargets = package.targets.filter {
    $0.type != .system && !["CBuiltin", "CRe2", "CShims", "CSimdjson"].contains($0.name)
}
for target in swiftTargets {
    target.swiftSettings = (target.swiftSettings ?? []) + strictness
}
