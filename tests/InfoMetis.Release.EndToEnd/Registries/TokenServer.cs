using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Gives tokens to those who log in, signed by a key that the registry trusts.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private const string Issuer = "token server of the tests";
    private const string Service = "registry of the tests";
    private const int Announced = 60;

    /// <summary>For so long docker-registry takes a token that has ended, since clocks differ.</summary>
    private const int Leeway = 60;

    private readonly WebApplication _server;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly string _trusted;

    private TokenServer(WebApplication server, string folder)
    {
        _server = server;
        var request = new CertificateRequest("CN=token server", _key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _trusted = Path.Combine(folder, "tokens.pem");
        File.WriteAllText(_trusted, _certificate.ExportCertificatePem());
    }

    /// <summary>Every token given; not one of them may be found in any output.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    public int Refused { get; private set; }

    private int FirstLife { get; init; }

    private IReadOnlyList<string> Granted { get; init; } = ["pull"];

    /// <param name="firstLife">
    /// How many seconds the registry takes the first token for; its receiver is told of a minute all the same.
    /// </param>
    /// <param name="granted">What may be done, whatever is asked for; pulling is all, where nothing is said.</param>
    public static async Task<TokenServer> StartAsync(
        string folder,
        int firstLife = Announced,
        params IReadOnlyList<string> granted
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var tokens = new TokenServer(builder.Build(), folder)
        {
            FirstLife = firstLife,
            Granted = granted.Count > 0 ? granted : ["pull"],
        };
        tokens._server.Run(tokens.AnswerAsync);
        await tokens._server.StartAsync();
        return tokens;
    }

    /// <summary>What a registry is told so that it takes these tokens.</summary>
    public string Authorization =>
        $"""
            auth:
              token:
                realm: {_server.Urls.First()}/token
                service: {Service}
                issuer: {Issuer}
                rootcertbundle: '{_trusted}'

            """;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (
            context.Request.Headers.Authorization != $"Basic {Login.Basic}"
            || context.Request.Query["service"] != Service
        )
        {
            Refused++;
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        var life = Tokens.IsEmpty ? FirstLife : Announced;
        var token = Token(context.Request.Query["scope"].OfType<string>(), life);
        Tokens.Enqueue(token);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            new JsonObject { ["token"] = token, ["expires_in"] = Announced }.ToJsonString()
        );
    }

    private string Token(IEnumerable<string> scopes, int life)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = new JsonObject
        {
            ["typ"] = "JWT",
            ["alg"] = "ES256",
            ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)),
        };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Login.User,
            ["aud"] = Service,
            ["exp"] = now + life - Leeway,
            ["nbf"] = now - Leeway,
            ["iat"] = now,
            ["jti"] = Guid.NewGuid().ToString(),
            ["access"] = new JsonArray([.. scopes.Select(Access)]),
        };
        var signed = $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url(signature)}";
    }

    private JsonNode Access(string scope) =>
        new JsonObject
        {
            ["type"] = scope.Split(':')[0],
            ["name"] = scope.Split(':')[1],
            ["actions"] = new JsonArray([.. Granted.Select(action => (JsonNode)action)]),
        };

    private static string Part(string json) => Base64Url(Encoding.UTF8.GetBytes(json));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
