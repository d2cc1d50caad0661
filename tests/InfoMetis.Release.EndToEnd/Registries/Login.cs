using System.Text;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>The one who may pull. Both words are odd enough to be found wherever they leak to.</summary>
internal static class Login
{
    public const string User = "puller";
    public const string Password = "Vf7-open-Sesame-91x";

    // bcrypt, the only form that docker-registry reads; salted, so it is kept and not made anew.
    private const string PasswordLine = $"{User}:$2b$04$8sKpGeh0.2rw6UDBhaLzp.x4v39ugknHzg./omogwECoG7OvA4jZW\n";

    public static string Basic { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    /// <summary>What a registry is told so that it takes this login.</summary>
    public static string Authorization(ScratchFolder scratch) =>
        $"auth:\n  htpasswd: {{ realm: registry, path: '{scratch.Write("htpasswd", PasswordLine)}' }}\n";

    /// <summary>What stands in Docker's config.json after a login.</summary>
    public static string DockerConfig(string host, string? basic = null) =>
        new JsonObject
        {
            ["auths"] = new JsonObject { [host] = new JsonObject { ["auth"] = basic ?? Basic } },
        }.ToJsonString();
}
