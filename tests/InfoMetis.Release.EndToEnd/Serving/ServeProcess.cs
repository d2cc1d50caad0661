using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Serving;

/// <summary>imrel serve on a port of its own, as a program of its own.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Announcement = "to read only: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private ServeProcess(Running running, Uri url) => (Running, Url) = (running, url);

    public Running Running { get; }

    public Uri Url { get; }

    /// <summary>As it stands in the name of an image.</summary>
    public string Host => Url.Authority;

    /// <param name="run">imrel serve with what it is to serve, and without --listen.</param>
    public static async Task<ServeProcess> StartAsync(Run run)
    {
        var running = (run with { Arguments = [.. run.Arguments, "--listen", "127.0.0.1:0"] }).Start();
        try
        {
            var line = await running.LineAsync(said => said.Contains(Announcement, StringComparison.Ordinal), Patience);
            // The last line of what it prints for containerd.
            await running.LineAsync(said => said.Contains("capabilities", StringComparison.Ordinal), Patience);
            return new ServeProcess(running, new Uri(line.Split(Announcement)[1]));
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>What it prints for containerd, put where containerd looks for it.</summary>
    public void WriteHosts(string folder, IEnumerable<string> registries)
    {
        var lines = Running.Text.Split('\n').TakeWhile(line => !line.StartsWith("serving ", StringComparison.Ordinal));
        var toml = string.Join('\n', lines);
        foreach (var registry in registries)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, registry)).FullName;
            File.WriteAllText(Path.Combine(own, "hosts.toml"), toml + "\n");
        }
    }

    public void Dispose() => Running.Dispose();
}
