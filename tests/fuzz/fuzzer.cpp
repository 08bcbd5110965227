// The way in for libFuzzer, the same for every target.
#include "tests/fuzz/check.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    cohort::fuzz::check({reinterpret_cast<const std::byte*>(data), size});
    return 0;
}
