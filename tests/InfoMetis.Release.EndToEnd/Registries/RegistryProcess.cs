using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Debian's docker-registry on a port of its own. Two may share a folder, one open and one with a guard.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private const string Announcement = "listening on 127.0.0.1:";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Running _running;

    private RegistryProcess(Running running, Uri url) => (_running, Url) = (running, url);

    public Uri Url { get; }

    /// <summary>As it stands in the name of an image.</summary>
    public string Host => Url.Authority;

    public static async Task<RegistryProcess> StartAsync(RegistrySetup setup)
    {
        Directory.CreateDirectory(setup.Folder);
        var file = Path.Combine(setup.Folder, $"{Path.GetRandomFileName()}.yml");
        await File.WriteAllTextAsync(file, setup.ToYaml());
        var running = new Run("docker-registry", "serve", file).Start();
        try
        {
            var line = await running.LineAsync(said => said.Contains(Announcement, StringComparison.Ordinal), Patience);
            var port = line.Split(Announcement)[1].TakeWhile(char.IsAsciiDigit).ToArray();
            var scheme = setup.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
            return new RegistryProcess(running, new Uri($"{scheme}://127.0.0.1:{new string(port)}/"));
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    public async Task PushAsync(string repository, string tag, MadeImage image)
    {
        using var publisher = new Publisher(Url);
        await publisher.PushAsync(repository, tag, image);
    }

    public void Dispose() => _running.Dispose();
}
