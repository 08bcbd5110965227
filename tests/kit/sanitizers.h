// What a build with a sanitizer cannot show.
#pragma once

namespace cohort::testing {

// The address sanitizer itself ends a process that is out of memory, before Python can say MemoryError.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool SaysMemoryError = false;
#else
inline constexpr bool SaysMemoryError = true;
#endif

} // namespace cohort::testing
