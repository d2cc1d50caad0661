namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>What differs between the registries of these tests.</summary>
internal sealed record RegistrySetup(string Folder)
{
    /// <summary>PEM files of a certificate and its key: then it speaks TLS.</summary>
    public (string File, string Key)? Certificate { get; init; }

    /// <summary>Who may pull, in the words of the configuration.</summary>
    public string Authorization { get; init; } = "";

    /// <summary>The registry that this one is a cache of.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>Takes nothing in, as while its garbage is collected.</summary>
    public bool IsReadOnly { get; init; }

    public string ToYaml() =>
        $$"""
            version: 0.1
            log:
              level: info
              accesslog: { disabled: true }
            storage:
              filesystem: { rootdirectory: '{{Folder}}', maxthreads: 100 }
              maintenance: { uploadpurging: { enabled: false }, readonly: { enabled: {{(
                IsReadOnly ? "true" : "false"
            )}} } }
            http:
              addr: 127.0.0.1:0

            """
        + (Certificate is { } own ? $"  tls: {{ certificate: '{own.File}', key: '{own.Key}' }}\n" : "")
        + Authorization
        + (Upstream is { } upstream ? $"proxy: {{ remoteurl: '{upstream}' }}\n" : "");
}
