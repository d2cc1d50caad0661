using System.Globalization;
using System.Runtime.InteropServices;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>What is common to compressing and decompressing with libzstd: whether it is there, and what it says.</summary>
internal static unsafe class Zstd
{
    /// <summary>Such as libzstd 1.5.4.</summary>
    /// <exception cref="ReleaseException">This machine has no libzstd.</exception>
    public static string Version()
    {
        var number = Load(() => ZstdLibrary.VersionNumber());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"libzstd {number / 10000}.{number / 100 % 100}.{number % 100}"
        );
    }

    /// <summary>Why a call failed, in the library's words; null where it did not.</summary>
    public static string? Failure(nuint code) =>
        ZstdLibrary.IsError(code) == 0 ? null : Marshal.PtrToStringUTF8((nint)ZstdLibrary.ErrorName(code)) ?? "unknown";

    /// <summary>How much content a frame declares, by its first bytes; null where it is no frame, or does not say.</summary>
    public static long? ContentSize(ReadOnlySpan<byte> frame)
    {
        fixed (byte* start = frame)
        {
            // What it cannot tell, it tells by numbers that are negative here.
            return (long)ZstdLibrary.ContentSize(start, (nuint)frame.Length) is >= 0 and var size ? size : null;
        }
    }

    /// <summary>For calls that fail only where we are wrong ourselves, or where memory ends.</summary>
    public static nuint Require(nuint code) =>
        Failure(code) is { } failure ? throw new InvalidOperationException($"libzstd: {failure}") : code;

    /// <summary>Makes the first call of many.</summary>
    public static T Load<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ReleaseException(Message.LibraryMissing("libzstd.so.1", "libzstd1"), exception);
        }
    }
}
