internal import Builtin
internal import Posture

/// A static site of all tenants: pages that work from a web server and from a folder, with scripts and without.
public enum Site {
    /// The files, sorted by path. A pure function.
    public static func files(of content: SiteContent) -> [SiteFile] {
        let folders = SitePath.folders(of: content.tenants.map(\.name))
        var pages: [TenantPages] = []
        for (tenant, folder) in zip(content.tenants, folders) {
            guard case .judged(let posture, let history) = tenant.state else { continue }
            pages.append(TenantPages(tenant.name, posture, history, folder: folder))
        }
        let faults = content.tenants.compactMap { tenant -> OverviewPage.Fault? in
            guard case .unjudged(let reason) = tenant.state else { return nil }
            return OverviewPage.Fault(tenant: tenant.name, reason: reason)
        }
        let overview = OverviewPage(tenants: pages, faults: faults)
        var files = assets + [SiteFile("index.html", overview.page.render(version: content.version))]
        // GitHub Pages leaves files alone where this one is.
        files.append(SiteFile(".nojekyll", ""))
        for tenant in pages { files += tenant.files(version: content.version) }
        return files.sorted { $0.path < $1.path }
    }

    private static var assets: [SiteFile] {
        BuiltinFiles.paths(.site).compactMap { path in
            BuiltinFiles.bytes(path).map { SiteFile("assets/\(path.dropFirst("site/".count))", $0) }
        }
    }
}
