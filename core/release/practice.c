/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/practice.h"

#include "practice-resource.h"
#include "release/release-private.h"

#define FEED "practice"
#define PATH "/io/github/dfujumper/Jumper/core/practice.dfu"

/**
 * jmp_practice_release_new:
 *
 * The practice firmware as a release, whose address leads into the program. Only for a practice board: no
 * real one must be offered it.
 *
 * Returns: (transfer full): the release
 */
JmpRelease *
jmp_practice_release_new (void)
{
  const JmpSource source = { .id = (char *)FEED };
  gsize size = 0;

  g_resource_get_info (
      jmp_practice_get_resource (), PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &size, NULL, NULL);
  return jmp_release_make (&source,
                           &(JmpRelease){
                               .board_id = (char *)JMP_PRACTICE_BOARD,
                               .version = (char *)JMP_PRACTICE_VERSION,
                               .channel = JMP_CHANNEL_STABLE,
                               .date = (char *)"20261101",
                               .url = (char *)"resource://" PATH,
                               .file_name = (char *)"practice.dfu",
                               .listed = TRUE,
                               .size = size,
                           });
}

/**
 * jmp_practice_is:
 * @release: a release
 *
 * Returns: whether it is the practice firmware
 */
gboolean
jmp_practice_is (const JmpRelease *release)
{
  return g_str_equal (release->url, "resource://" PATH);
}
