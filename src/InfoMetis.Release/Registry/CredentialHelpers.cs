using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Runs the programs docker-credential-*, which take a server's name on stdin and print what they know of it.</summary>
/// <param name="searchPath">The folders of $PATH.</param>
public sealed class CredentialHelpers(IReadOnlyList<string> searchPath, TimeProvider clock)
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>A helper may ask a person to unlock something.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal async Task<Credential?> GetAsync(
        string helper,
        string server,
        string host,
        CancellationToken cancellationToken
    )
    {
        var program = Find(helper) ?? throw Failed("there is no such program on the search path");
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var (exitCode, output) = await RunAsync(program, server, either.Token);
            if (exitCode == 0)
                return Read(output) ?? throw Failed("its answer cannot be read");
            return output.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw Failed($"it ended with {exitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"it did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw Failed("it cannot be run");
        }

        ReleaseException Failed(string reason) => new(Message.CredentialHelperFailed(host, helper, reason));
    }

    private string? Find(string helper)
    {
        // The name comes from a file and becomes part of a path.
        if (helper.Length == 0 || !helper.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return null;
        var name = OperatingSystem.IsWindows() ? $"docker-credential-{helper}.exe" : $"docker-credential-{helper}";
        return searchPath
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        string server,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, ["get"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        try
        {
            // What it says on stderr is read so that it can end, and dropped: nobody vouches that it holds no secret.
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            await AskAsync(process.StandardInput, server, cancellationToken);
            var output = new char[LongestAnswer];
            var length = await process.StandardOutput.ReadBlockAsync(output, cancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            await complaints;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, new string(output, 0, length));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task AskAsync(StreamWriter input, string server, CancellationToken cancellationToken)
    {
        try
        {
            await using (input)
                await input.WriteAsync(server.AsMemory(), cancellationToken);
        }
        catch (IOException)
        {
            // It ended without listening; what it printed and how it ended decide.
        }
    }

    private static Credential? Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var user = document.RootElement.GetProperty("Username").GetString();
            var secret = document.RootElement.GetProperty("Secret").GetString();
            if (user is null || string.IsNullOrEmpty(secret))
                return null;
            return user == "<token>" ? Credential.OfIdentityToken(secret) : Credential.OfPassword(user, secret);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Null says "cannot be read", which is reported.
            return null;
        }
    }
}
