using System.Runtime.InteropServices;

namespace InfoMetis.Release.Bundle;

/// <summary>The calls into the system's libzstd, of which only what its stable interface has is used.</summary>
internal static unsafe partial class ZstdLibrary
{
    public const int CompressionLevel = 100;
    public const int WindowLog = 101;
    public const int LongDistanceMatching = 160;
    public const int ChecksumFlag = 201;
    public const int LargestWindowLog = 100;

    /// <summary>As the library itself is named; the plain name comes only with the package for building with it.</summary>
    private const string Name = "libzstd.so.1";

    /// <summary>As 10504 for 1.5.4; asking for it loads the library.</summary>
    [LibraryImport(Name, EntryPoint = "ZSTD_versionNumber")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial uint VersionNumber();

    [LibraryImport(Name, EntryPoint = "ZSTD_isError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial uint IsError(nuint code);

    [LibraryImport(Name, EntryPoint = "ZSTD_getErrorName")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial byte* ErrorName(nuint code);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressBound")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint CompressBound(nuint size);

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint CreateCompressor();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint FreeCompressor(nint compressor);

    [LibraryImport(Name, EntryPoint = "ZSTD_CCtx_setParameter")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint SetCompressor(nint compressor, int parameter, int value);

    [LibraryImport(Name, EntryPoint = "ZSTD_compress2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint Compress(nint compressor, byte* target, nuint room, byte* source, nuint length);

    [LibraryImport(Name, EntryPoint = "ZSTD_getFrameContentSize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial ulong ContentSize(byte* frame, nuint length);

    [LibraryImport(Name, EntryPoint = "ZSTD_createDCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint CreateDecompressor();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeDCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint FreeDecompressor(nint decompressor);

    [LibraryImport(Name, EntryPoint = "ZSTD_DCtx_setParameter")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint SetDecompressor(nint decompressor, int parameter, int value);

    /// <summary>Zero at the end of a frame; otherwise how much it would like to read next.</summary>
    [LibraryImport(Name, EntryPoint = "ZSTD_decompressStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nuint Decompress(nint decompressor, ZstdBuffer* output, ZstdBuffer* input);
}

/// <summary>A stretch of memory as libzstd reads and writes it: ZSTD_inBuffer and ZSTD_outBuffer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ZstdBuffer
{
    public byte* Start;
    public nuint Length;
    public nuint Position;
}
