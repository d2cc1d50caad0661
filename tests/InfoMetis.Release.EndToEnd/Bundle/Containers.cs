using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

internal static class Containers
{
    private const int Asked = 42;

    /// <summary>
    /// A program of the image runs to its end. How it ended tells that it ran: what so short a program writes may be lost on its way
    /// through ctr.
    /// </summary>
    public static async Task ShouldRunAsync(this ContainerdProcess containerd, string image)
    {
        var run = await containerd.RunAsync(image, "one", PlatformImages.Program, "sh", "-c", $"exit {Asked}");
        run.ExitCode.ShouldBe(Asked, $"{image}: {run.Error}");
    }
}
