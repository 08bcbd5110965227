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
  target_link_options(cohort_flags INTERFACE -fsanitize=${COHORT_SANITIZE})
endif()

# cohort_library(NAME [QT] DEPENDS lib…): libcohort_NAME from all sources of the calling folder.
function(cohort_library name)
  cmake_parse_arguments(A "QT" "" "DEPENDS;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h *.ui *.qrc)
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
