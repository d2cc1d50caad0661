using System.Runtime.InteropServices;

namespace InfoMetis.Release.Cli;

/// <summary>
/// Asks for a secret at the terminal. The C library does it, because it switches the echo off before the prompt is seen
/// and keeps it off; the console of the runtime shows what is typed between one read key and the next.
/// </summary>
internal static partial class HiddenInput
{
    private const char ControlC = '\u0003';

    /// <summary>What was typed; null where it was broken off, or this system has no such terminal.</summary>
    public static string? Ask(string prompt)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var typed = Marshal.PtrToStringUTF8(GetPass(prompt));
        return typed?.Contains(ControlC, StringComparison.Ordinal) is true ? null : typed;
    }

    [LibraryImport("libc", EntryPoint = "getpass", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetPass(string prompt);
}
