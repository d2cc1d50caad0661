using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>A token service, and the door of a registry that believes it.</summary>
internal sealed class FakeTokens(FakeRegistry service)
{
    private readonly ConcurrentDictionary<string, bool> _good = new();
    private int _issued;

    /// <summary>The only login that gets a token; null where anybody does.</summary>
    public string? Login { get; set; }

    public string? RefreshToken { get; set; }

    public string Answer { get; set; } = """{"token":"TOKEN","expires_in":300}""";

    public int Issued => _issued;

    public string Realm => $"{service.Url}token";

    public void Open(FakeRegistry registry)
    {
        service.Always("/token", IssueAsync);
        registry.Guard = GuardAsync;
    }

    public void ExpireAll() => _good.Clear();

    private async Task IssueAsync(HttpContext context)
    {
        if (!await IsWelcomeAsync(context.Request))
        {
            await Nasty.Status(401, "UNAUTHORIZED")(context);
            return;
        }
        var token = $"secret-token-{Interlocked.Increment(ref _issued)}";
        _good[token] = true;
        await context.Response.WriteAsync(Answer.Replace("TOKEN", token, StringComparison.Ordinal));
    }

    private async Task<bool> IsWelcomeAsync(HttpRequest request)
    {
        if (RefreshToken is not null)
        {
            var form = await request.ReadFormAsync();
            return form["refresh_token"] == RefreshToken && form["grant_type"] == "refresh_token";
        }
        return Login is null
            || request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Login))}";
    }

    private async Task<bool> GuardAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (
            authorization.StartsWith("Bearer ", StringComparison.Ordinal)
            && _good.ContainsKey(authorization["Bearer ".Length..])
        )
            return true;
        var path = context.Request.Path.Value!;
        var repository = path[
            "/v2/".Length..path.IndexOf(
                path.Contains("/blobs/", StringComparison.Ordinal) ? "/blobs/" : "/manifests/",
                StringComparison.Ordinal
            )
        ];
        await Nasty.Challenge($"Bearer realm=\"{Realm}\",service=\"the fake\",scope=\"repository:{repository}:pull\"")(
            context
        );
        return false;
    }
}
