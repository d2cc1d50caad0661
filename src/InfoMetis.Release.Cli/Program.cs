namespace InfoMetis.Release.Cli;

internal static class Program
{
    private static int Main() => 0;
}
