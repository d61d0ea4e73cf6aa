// What the compiler and this program need and the .NET Framework does not have.
#if NET472
#pragma warning disable IDE0130 // these names must stand where the compiler looks for them

namespace System.Runtime.CompilerServices
{
    /// <summary>Lets records and init accessors compile.</summary>
    internal static class IsExternalInit;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute;

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}

namespace CellLab.AutolabBridge
{
    internal static class Finite
    {
        public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }
}
#else
global using Finite = System.Double;
#endif
