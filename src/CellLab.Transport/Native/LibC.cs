using System.Runtime.InteropServices;

namespace CellLab.Transport.Native;

/// <summary>Calls of the C library that .NET does not wrap. Constants and request numbers are those of Linux on x64 and arm64
/// (asm-generic/fcntl.h, ioctls.h, termbits.h); <c>ioctl</c> is variadic, which both call like any other function.</summary>
internal static partial class LibC
{
    public const int ReadWrite = 2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int ErrorInterrupted = 4;
    public const int ErrorInputOutput = 5;
    public const int ErrorNoDevice = 6;
    public const int ErrorAgain = 11;
    public const int ErrorPermission = 13;
    public const int ErrorBusy = 16;
    public const int ErrorNotATerminal = 25;

    public const int LockExclusiveNow = 2 | 4;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(DescriptorHandle descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(DescriptorHandle descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static unsafe partial int Control(DescriptorHandle descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(DescriptorHandle descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(DescriptorHandle descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenPseudoTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(DescriptorHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(DescriptorHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static unsafe partial int Name(DescriptorHandle master, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int ControlEpoll(int epoll, int operation, DescriptorHandle descriptor, byte* watched);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int WaitEpoll(int epoll, byte* events, int most, int milliseconds);

    public static string LastErrorText() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
