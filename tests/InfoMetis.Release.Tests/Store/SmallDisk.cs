using System.Diagnostics;

namespace InfoMetis.Release.Tests.Store;

/// <summary>A file system of its own, as small as a test needs it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    public SmallDisk(int kibibytes) => Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", Path);

    public string Path => _folder.Path;

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors);
    }
}

/// <summary>A test that mounts a file system: skipped for users who may not, and never skipped in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactThatMountsAttribute : FactAttribute
{
    public FactThatMountsAttribute()
    {
        if (!MayMount && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "only root may mount a small file system on Linux";
    }

    private static bool MayMount => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
}
