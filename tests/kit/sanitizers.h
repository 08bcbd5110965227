// What a build with a sanitizer cannot show.
#pragma once

namespace cohort::testing {

// These sanitizers end a process that is out of memory themselves, before Python can say MemoryError.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool SaysMemoryError = false;
#else
inline constexpr bool SaysMemoryError = true;
#endif

} // namespace cohort::testing
