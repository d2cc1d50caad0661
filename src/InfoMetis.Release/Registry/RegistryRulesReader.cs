using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Registry;

/// <summary>Reads what registries.yaml says of one registry.</summary>
internal sealed class RegistryRulesReader(YamlMap map, string folder, ICollection<Finding> findings)
{
    private readonly Section _section = new(map, "a registry", findings);

    public RegistryRules Read()
    {
        var mirrors = Mirrors();
        var onlyMirrors = Flag("onlyMirrors") ?? false;
        if (onlyMirrors && mirrors.Count == 0)
            findings.Add(
                Message.BadValue(_section.PlaceOf("onlyMirrors"), "onlyMirrors", "true", "possible without mirrors")
            );
        var rules = new RegistryRules
        {
            Mirrors = mirrors,
            OnlyMirrors = onlyMirrors,
            PlainHttp = Flag("plainHttp"),
            AuthorityFile = FileOf(_section, "ca"),
            ClientCertificate = ClientCertificate(),
            Rewrites = [.. _section.Maps("rewrite").Select(Rewrite).OfType<RepositoryRewrite>()],
            TokenServices = TokenServices(),
        };
        _section.Close();
        return rules;
    }

    private List<Uri> Mirrors()
    {
        var mirrors = new List<Uri>();
        foreach (var text in _section.Texts("mirrors"))
        {
            if (Mirror(text.Value) is { } mirror)
                mirrors.Add(mirror);
            else
                findings.Add(
                    Message.BadValue(
                        text.Place,
                        "mirrors",
                        RedactedValue(text.Value),
                        "an https or http URL of a host and perhaps a path"
                    )
                );
        }
        return mirrors;
    }

    private static Uri? Mirror(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && IsRepository(url.AbsolutePath.Trim('/'))
            ? url
            : null;

    private static bool IsRepository(string path) =>
        path.Length == 0 || ImageReference.TryParse($"registry.invalid/{path}/image", out _);

    private static string RedactedValue(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? $"***{text[text.LastIndexOf('@')..]}" : text;

    private bool? Flag(string key)
    {
        var text = _section.Text(key);
        if (text is null or "true" or "false")
            return text is null ? null : text == "true";
        findings.Add(Message.BadValue(_section.PlaceOf(key), key, text, "true or false"));
        return null;
    }

    private string? FileOf(Section section, string key) =>
        section.Text(key) is { } name ? Path.GetFullPath(name, folder) : null;

    private ClientCertificateFiles? ClientCertificate()
    {
        if (_section.Map("clientCertificate") is not { } files)
            return null;
        var section = new Section(files, "a client certificate", findings);
        var certificate = section.RequiredText("certificate") is null ? null : FileOf(section, "certificate");
        var key = section.RequiredText("key") is null ? null : FileOf(section, "key");
        section.Close();
        return certificate is null || key is null ? null : new ClientCertificateFiles(certificate, key);
    }

    private RepositoryRewrite? Rewrite(YamlMap entry)
    {
        var section = new Section(entry, "a rewrite", findings);
        var from = RepositoryOf(section, "from");
        var to = RepositoryOf(section, "to");
        section.Close();
        return from is null || to is null ? null : new RepositoryRewrite(from, to);
    }

    private string? RepositoryOf(Section section, string key)
    {
        if (section.RequiredText(key)?.Trim('/') is not { } path)
            return null;
        if (path.Length > 0 && IsRepository(path))
            return path;
        findings.Add(Message.BadValue(section.PlaceOf(key), key, path, "a repository or the start of one"));
        return null;
    }

    private List<string> TokenServices()
    {
        var hosts = new List<string>();
        foreach (var text in _section.Texts("tokenServices"))
        {
            if (Uri.CheckHostName(text.Value) is UriHostNameType.Unknown)
                findings.Add(Message.BadValue(text.Place, "tokenServices", text.Value, "a host name"));
            else
                hosts.Add(text.Value);
        }
        return hosts;
    }
}
