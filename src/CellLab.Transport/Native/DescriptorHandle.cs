using Microsoft.Win32.SafeHandles;

namespace CellLab.Transport.Native;

/// <summary>A file descriptor that is closed only when no call uses it any more.</summary>
internal sealed class DescriptorHandle : SafeHandleMinusOneIsInvalid
{
    public DescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
