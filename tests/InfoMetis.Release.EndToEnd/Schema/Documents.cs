namespace InfoMetis.Release.EndToEnd.Schema;

/// <summary>Manifests that differ from a sound one in one place: what stands there, and what stands there instead.</summary>
internal static class Documents
{
    private static readonly string A = new('a', 64);
    private static readonly string B = new('b', 64);

    public static readonly string Sound = $"""
        apiVersion: infometis.io/release/v1
        kind: Release
        name: infometis
        version: 0.5.0
        released: 2025-07-25T21:31:16Z
        k0s: v1.23.17+k0s.1
        platforms: [linux/amd64]
        stacks: [small, large]
        apps:
          - name: nifi
            image: apache/nifi:1.23.2@sha256:{A}
            version: 1.23.2
            stack: large
        auxiliary:
          - name: pause
            image: registry.k8s.io/pause:3.5@sha256:{B}
        files:
          - path: docs/readme.md
            sha256: {A}
            mode: 0640

        """;

    public static readonly (string Old, string New)[] Good =
    [
        ("name: infometis", "name: a-1-b"),
        ("version: 0.5.0", "version: 1.0.0-rc.1+build.7"),
        ("version: 0.5.0", "version: '10.0.0--1'"),
        ("2025-07-25T21:31:16Z", "'1970-01-01T00:00:00Z'"),
        ("k0s: v1.23.17+k0s.1", "k0s: v0.999999.0+k0s.0"),
        ("[linux/amd64]", "[linux/arm64/v8, linux/arm, windows/amd64]"),
        ("stacks: [small, large]", "stacks: [large]"),
        ("    stack: large", "    stack:"),
        ("version: 1.23.2", "version: ~"),
        ("version: 1.23.2", "version: 1.35"),
        ("version: 1.23.2", "version: v1.23.17+k0s.1"),
        ("path: docs/readme.md", "path: .a/..b/c+d_e"),
        ("path: docs/readme.md", "url: https://example.org/a?b#c"),
        ("path: docs/readme.md", "url: 'HTTPS://[::1]:1/a'"),
        ("path: docs/readme.md", "path: ~\n    url: https://a/b"),
        ("mode: 0640", "mode: 777"),
        ("mode: 0640", "mode: null"),
        .. References(
            "a:b",
            "busybox:1.35",
            "docker.io/busybox:1.35",
            "localhost/a:b",
            "localhost:5000/a:b",
            "'[::1]:5000/a:b'",
            "A.b-c/d:e",
            "Registry/a:b",
            "127.0.0.1:65535/a/b/c:d",
            "x/a.b_c__d-e---f:_.-",
            "localhost:5000",
            "quay.io:1"
        ),
    ];

    public static readonly (string Old, string New)[] Bad =
    [
        ("apiVersion: infometis.io/release/v1", "apiVersion: infometis.io/release/v2"),
        ("kind: Release", "kind: release"),
        ("kind: Release", "# none"),
        ("name: infometis", "# none"),
        ("name: infometis", "name:"),
        ("name: infometis", "name: InfoMetis"),
        ("name: infometis", "name: a--b"),
        ("name: infometis", "name: -a"),
        ("name: infometis", "name: [a]"),
        ("version: 0.5.0", "# none"),
        ("version: 0.5.0", "version: 0.5"),
        ("version: 0.5.0", "version: v0.5.0"),
        ("version: 0.5.0", "version: 0.05.0"),
        ("version: 0.5.0", "version: 0.5.0-01"),
        ("version: 0.5.0", "version: 0.5.0-a..b"),
        ("version: 0.5.0", "version: 0.5.0-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("released: 2025-07-25T21:31:16Z", "# none"),
        ("2025-07-25T21:31:16Z", "2025-07-25"),
        ("2025-07-25T21:31:16Z", "2025-07-25T21:31:16+02:00"),
        ("2025-07-25T21:31:16Z", "2025-13-25T21:31:16Z"),
        ("2025-07-25T21:31:16Z", "2025-07-25T24:00:00Z"),
        ("2025-07-25T21:31:16Z", "1969-12-31T23:59:59Z"),
        ("k0s: v1.23.17+k0s.1", "# none"),
        ("k0s: v1.23.17+k0s.1", "k0s: v1.23.17"),
        ("k0s: v1.23.17+k0s.1", "k0s: 1.23.17+k0s.1"),
        ("k0s: v1.23.17+k0s.1", "k0s: v1.23.017+k0s.1"),
        ("platforms: [linux/amd64]", "# none"),
        ("[linux/amd64]", "[]"),
        ("[linux/amd64]", "linux/amd64"),
        ("[linux/amd64]", "[linux/amd64, linux/amd64]"),
        ("[linux/amd64]", "[linux/x86]"),
        ("[small, large]", "[small, large, small]"),
        ("[small, large]", "[large, Small]"),
        ("[small, large]", "large"),
        ("auxiliary:", "auxillary:"),
        ("    version: 1.23.2", "    colour: red"),
        ("version: 1.23.2", "version: ''"),
        ("version: 1.23.2", "version: -1"),
        ("version: 1.23.2", "version: 1 2"),
        ("name: nifi", "title: nifi"),
        ("name: nifi", "name: NiFi"),
        ("image: apache", "picture: apache"),
        ("name: pause", "name: pause\n    stack: large"),
        ("path: docs/readme.md", "mode: 0600"),
        ("path: docs/readme.md", "path: a\n    url: https://b"),
        ("path: docs/readme.md", "path: /a"),
        ("path: docs/readme.md", "path: a/../b"),
        ("path: docs/readme.md", "path: a//b"),
        ("path: docs/readme.md", "path: a/"),
        ("path: docs/readme.md", "path: ."),
        ("path: docs/readme.md", "path: a/-b"),
        ("path: docs/readme.md", "path: a b"),
        ("path: docs/readme.md", "path: ''"),
        ("path: docs/readme.md", "url: http://a/b"),
        ("path: docs/readme.md", "url: a/b"),
        ("path: docs/readme.md", "url: https://a"),
        ("path: docs/readme.md", "url: https://a/"),
        ("path: docs/readme.md", "url: https://a/?b"),
        ("path: docs/readme.md", "url: https://a/b/"),
        ("path: docs/readme.md", "url: https://a/b/.."),
        ("path: docs/readme.md", "url: https://a/-b"),
        ("path: docs/readme.md", "url: https://a/b%20c"),
        ("mode: 0640", "mode: 64"),
        ("mode: 0640", "mode: 4755"),
        ("mode: 0640", "mode: 0648"),
        ("    mode: 0640", "    mod: 0640"),
        ("    sha256:", "    sha512:"),
        ("    sha256: a", "    sha256: A"),
        .. References(
            "a",
            "''",
            "a:",
            "a:.b",
            "a:b+c",
            "A:b",
            "a//b:c",
            "/a:b",
            "a/:b",
            "a..b:c",
            "a___b:c",
            "-a:b",
            "a-:b",
            "a_b.c/d:e",
            "-a.b/c:d",
            "a..b/c:d",
            "a:0/b:c",
            "a:x/b:c",
            "a:1:2/b:c",
            "https://a/b:c",
            "quay.io/A:b",
            "'[::1/a:b'",
            "a:b@sha256:0",
            "a:b@sha512:0",
            "a:b@",
            "'a:b '"
        ),
    ];

    /// <summary>What JSON Schema has no words for.</summary>
    public static readonly (string Old, string New)[] OnlyTheReaderCanTell =
    [
        ("name: pause", "name: nifi"),
        ("registry.k8s.io/pause:3.5", "docker.io/apache/nifi:1.23.2"),
        ("kind: Release", "kind: Release\nkind: Release"),
        ("stack: large", "stack: huge"),
        ("files:\n", $"files:\n  - {{path: docs/readme.md, sha256: {B}}}\n"),
        ("files:\n", $"files:\n  - {{path: docs/README.md, sha256: {B}}}\n"),
        ("files:\n", $"files:\n  - {{url: 'https://a/docs', sha256: {B}}}\n"),
        ("[linux/amd64]", "[linux/arm64, linux/arm64/v8]"),
        ("2025-07-25T21:31:16Z", "2025-02-30T00:00:00Z"),
        ("stacks: [small, large]\napps:\n  - name: nifi\n", "stacks: [small, &a large]\napps:\n  - name: *a\n"),
        .. References("a:65536/b:c", "'[:::]/a:b'", new string('a', 240) + ":b"),
    ];

    public static string With((string Old, string New) change)
    {
        Sound.ShouldContain(change.Old);
        return Sound.Replace(change.Old, change.New, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Old, string New)> References(params string[] references) =>
        references.Select(reference => ($"apache/nifi:1.23.2@sha256:{A}", reference));
}
