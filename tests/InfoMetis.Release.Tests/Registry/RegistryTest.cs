using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>
/// A fake registry and a client of it. Whatever a test makes the client say, in notices or exceptions, is searched for secrets when
/// it ends.
/// </summary>
public abstract class RegistryTest : IAsyncLifetime
{
    protected const string Repository = "team/app";
    protected const string User = "frieda-the-user";
    protected const string Password = "pa55-of-frieda";

    protected static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly List<FakeRegistry> _registries = [];
    private readonly List<RegistryClient> _clients = [];
    private readonly StringBuilder _said = new();

    protected ManualTimeProvider Clock { get; } = new(skipped: Idle / 2);
    protected ConcurrentQueue<Finding> Notices { get; } = new();

    /// <summary>Texts that must not be said, beside the password.</summary>
    protected ConcurrentBag<string> Secrets { get; } =
    [Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")), User];

    protected FakeRegistry Registry { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Registry = await StartAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var registry in _registries)
            await registry.DisposeAsync();
        foreach (var notice in Notices)
            _said.Append(notice);
        var said = _said.ToString();
        foreach (var secret in Secrets)
            said.ShouldNotContain(secret, Case.Sensitive);
    }

    protected async Task<FakeRegistry> StartAsync()
    {
        var registry = await FakeRegistry.StartAsync();
        _registries.Add(registry);
        return registry;
    }

    protected void Keep(FakeRegistry registry) => _registries.Add(registry);

    protected RegistryOptions Options(string? registriesYaml = null) =>
        new()
        {
            Clock = Clock,
            IdleTimeout = Idle,
            Jitter = () => 1,
            Notice = Notices.Enqueue,
            Registries = registriesYaml is null ? RegistriesFile.Empty : Registries(registriesYaml),
        };

    protected RegistryClient Client(RegistryOptions options)
    {
        var client = new RegistryClient(options);
        _clients.Add(client);
        return client;
    }

    protected RegistrySource Source(RegistryOptions options) => Source(options, Registry.Host);

    protected RegistrySource Source(RegistryOptions options, string registry) =>
        Client(options).Source(ImageReference.Parse($"{registry}/{Repository}:1.0"));

    protected RegistrySource Source() => Source(Options());

    protected async Task<Finding> FailureOf(Func<Task> action)
    {
        var exception = await Should.ThrowAsync<ReleaseException>(action);
        _said.Append(exception).Append(exception.Finding).Append(exception.InnerException);
        return exception.Finding;
    }

    /// <summary>Fetches as a store does: keeps what came, asks for the rest, and checks the digest at the end.</summary>
    protected static Task<byte[]> PullAsync(RegistrySource source, Descriptor blob)
    {
        var kept = new MemoryStream();
        return source.ReadAsync(
            async (endpoint, cancellationToken) =>
            {
                await using var body = await endpoint.FetchAsync(blob, kept.Length, cancellationToken);
                await body.CopyToAsync(kept, cancellationToken);
                var bytes = kept.ToArray();
                if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == blob.Digest.Hex)
                    return bytes;
                kept.SetLength(0);
                throw new ReleaseException(new Finding(Codes.LyingDigest, Severity.Error, "blob", "wrong digest"));
            },
            CancellationToken.None
        );
    }

    protected static byte[] SomeBytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i * 31 + i / 251);
        return bytes;
    }

    private static RegistriesFile Registries(string yaml)
    {
        var findings = new List<Finding>();
        var file = RegistriesFile.Parse("registries.yaml", yaml, findings);
        findings.ShouldBeEmpty();
        return file!;
    }
}
