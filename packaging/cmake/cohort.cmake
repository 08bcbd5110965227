# The two functions every folder uses: cohort_library() and cohort_program(). Folder = static library = namespace.
# Sources are found by globbing, so adding a file needs no edit here.

add_library(cohort_flags INTERFACE)
target_include_directories(cohort_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(cohort_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Woverloaded-virtual)
if(COHORT_WERROR)
  target_compile_options(cohort_flags INTERFACE -Werror)
endif()
target_compile_definitions(cohort_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS
  QT_NO_FOREACH COHORT_VERSION="${PROJECT_VERSION}")
if(COHORT_SANITIZE)
  target_compile_options(cohort_flags INTERFACE -fsanitize=${COHORT_SANITIZE} -fno-omit-frame-pointer)
  if(COHORT_SANITIZE MATCHES undefined)
    # It opens a pipe to see what may be read, for which the lock-down ends a worker.
    target_compile_options(cohort_flags INTERFACE -fno-sanitize=vptr)
  endif()
  target_link_options(cohort_flags INTERFACE -fsanitize=${COHORT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms beside sanitizers, as GCC's own manual says; the plain builds look for it.
    target_compile_options(cohort_flags INTERFACE -Wno-maybe-uninitialized)
    if(COHORT_SANITIZE MATCHES thread)
      # Boost's fences, which it does not follow; and texts in tests that it takes for out of bounds.
      target_compile_options(cohort_flags INTERFACE -Wno-tsan -Wno-array-bounds)
    endif()
  endif()
endif()

# own_files(OUT pattern…): the files of the calling folder and its subfolders, without those that have a CMakeLists.txt.
function(own_files out)
  file(GLOB_RECURSE files RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS ${ARGN})
  file(GLOB_RECURSE others RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS CMakeLists.txt)
  list(REMOVE_ITEM others CMakeLists.txt)
  foreach(other IN LISTS others)
    get_filename_component(folder ${other} DIRECTORY)
    list(FILTER files EXCLUDE REGEX "^${folder}/")
  endforeach()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

# cohort_library(NAME [QT] DEPENDS lib…): libcohort_NAME from all sources of the calling folder and its subfolders.
function(cohort_library name)
  cmake_parse_arguments(A "QT" "" "DEPENDS;EXCLUDE" ${ARGN})
  own_files(sources *.cpp *.h *.ui *.qrc)
  foreach(pattern IN LISTS A_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  if(NOT sources MATCHES "\\.cpp")
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/only_headers.cpp "")
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/only_headers.cpp)
  endif()
  add_library(cohort_${name} STATIC ${sources})
  target_link_libraries(cohort_${name} PUBLIC cohort_flags ${A_DEPENDS})
  set_property(GLOBAL APPEND PROPERTY COHORT_LIBRARIES cohort_${name})
  list(FILTER sources INCLUDE REGEX "\\.h$")
  list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_target_properties(cohort_${name} PROPERTIES COHORT_HEADERS "${sources}")
  if(A_QT)
    set_target_properties(cohort_${name} PROPERTIES AUTOMOC ON AUTOUIC ON AUTORCC ON)
  endif()
endfunction()

# cohort_program(NAME SOURCES … DEPENDS lib…): an installed executable.
function(cohort_program name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_link_libraries(${name} PRIVATE cohort_flags ${A_DEPENDS})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
