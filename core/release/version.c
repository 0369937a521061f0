/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/version.h"

#include <string.h>

#define MAX_NUMBERS 4
/* Longer texts are no versions; it bounds the work and what a list can carry. */
#define MAX_TEXT 64

/* Where a version stands beside the plain one with its numbers. */
typedef enum {
  STAGE_DEVELOPMENT,
  STAGE_ALPHA,
  STAGE_BETA,
  STAGE_PREVIEW,
  STAGE_CANDIDATE,
  STAGE_RELEASE,
  STAGE_AFTER,
} Stage;

static const struct {
  const char *name;
  Stage stage;
} stages[] = {
  { "dev", STAGE_DEVELOPMENT },  { "nightly", STAGE_DEVELOPMENT }, { "alpha", STAGE_ALPHA },
  { "beta", STAGE_BETA },        { "preview", STAGE_PREVIEW },     { "pre", STAGE_PREVIEW },
  { "unstable", STAGE_PREVIEW }, { "rc", STAGE_CANDIDATE },        { "practice", STAGE_RELEASE },
};

typedef struct {
  gboolean valid;
  guint32 numbers[MAX_NUMBERS];
  Stage stage;
  guint32 count;
} Version;

/* Reads digits and moves behind them; a number past 32 bits is no number of a version. */
static gboolean
take_number (const char **at, guint32 *out)
{
  guint64 number = 0;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++) {
    number = number * 10 + (guint64)(**at - '0');
    if (number > G_MAXUINT32)
      return FALSE;
  }
  *out = (guint32)number;
  return TRUE;
}

/* "2026-08-24" is the number 20260824, which also stands in file names. */
static gboolean
take_date (const char *at, Version *out)
{
  static const char form[] = "dddd-dd-dd";
  guint32 number = 0;

  for (guint i = 0; form[i] != '\0'; i++) {
    if (form[i] == 'd' ? !g_ascii_isdigit (at[i]) : at[i] != '-')
      return FALSE;
    if (form[i] == 'd')
      number = number * 10 + (guint32)(at[i] - '0');
  }
  if (at[strlen (form)] != '\0')
    return FALSE;
  out->numbers[0] = number;
  out->stage = STAGE_RELEASE;
  return TRUE;
}

/* Behind a hash: nothing, or what a build from changed sources has. */
static gboolean
is_hash (const char *at)
{
  gsize length;

  if (*at++ != 'g')
    return FALSE;
  length = strspn (at, "0123456789abcdef");
  return length > 0 && (at[length] == '\0' || g_str_equal (at + length, "-dirty"));
}

/* "-preview.123.gabcdef", "-rc2", "-beta.1": on the way to the version; "-427-gabcdef": after it, as
 * git describe writes it. */
static gboolean
take_stage (const char *at, Version *out)
{
  out->stage = STAGE_RELEASE;
  if (*at == '\0')
    return TRUE;
  if (*at != '-' && !g_ascii_isalpha (*at))
    return FALSE;
  if (*at == '-')
    at++;
  if (take_number (&at, &out->count)) {
    out->stage = STAGE_AFTER;
    return *at == '-' && is_hash (at + 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    if (!g_str_has_prefix (at, stages[i].name))
      continue;
    out->stage = stages[i].stage;
    at += strlen (stages[i].name);
    if (*at == '.' || *at == '-')
      at++;
    if (take_number (&at, &out->count) && *at == '.')
      at++;
    return *at == '\0' || is_hash (at);
  }
  return FALSE;
}

static Version
parse (const char *text)
{
  Version version = { 0 };
  const char *at = text;

  if (strlen (text) > MAX_TEXT)
    return version;
  if (g_str_has_prefix (at, "unstable-"))
    at += strlen ("unstable-");
  if ((*at == 'v' || *at == 'V') && g_ascii_isdigit (at[1]))
    at++;
  if (take_date (at, &version)) {
    version.valid = TRUE;
    return version;
  }
  for (guint i = 0; i < MAX_NUMBERS; i++) {
    if (!take_number (&at, &version.numbers[i]))
      return version;
    if (*at != '.' || i + 1 == MAX_NUMBERS)
      break;
    at++;
  }
  version.valid = take_stage (at, &version);
  return version;
}

/**
 * jmp_version_is_valid:
 * @text: a text
 *
 * Whether a text is a version: one to four numbers, with what leads to them or follows them, with or
 * without a "v" before; or a date.
 *
 * Returns: %FALSE when it is something else
 */
gboolean
jmp_version_is_valid (const char *text)
{
  return parse (text).valid;
}

/**
 * jmp_version_is_preview:
 * @text: a version
 *
 * Returns: whether it was made on the way to a release: "1.30.0-preview.12.gabcdef", "1.12-427-gabcdef"
 */
gboolean
jmp_version_is_preview (const char *text)
{
  Version version = parse (text);

  return version.valid && (version.stage != STAGE_RELEASE || g_str_has_prefix (text, "unstable-"));
}

static int
compare_numbers (guint32 a, guint32 b)
{
  return a < b ? -1 : a > b;
}

/**
 * jmp_version_compare:
 * @a: a version
 * @b: another
 *
 * The order of versions: by number, 1.9.4 < 1.10 < 1.20.0, where missing numbers are 0; what leads to a
 * release before it, what was built after it behind it; dates by day. Two previews with one count are
 * the same. A text that is no version comes first, and by its bytes.
 *
 * Returns: negative, 0 or positive as @a is older than, the same as, or newer than @b
 */
int
jmp_version_compare (const char *a, const char *b)
{
  Version one = parse (a);
  Version other = parse (b);

  if (!one.valid || !other.valid)
    return one.valid == other.valid ? strcmp (a, b) : one.valid - other.valid;
  for (guint i = 0; i < MAX_NUMBERS; i++) {
    int order = compare_numbers (one.numbers[i], other.numbers[i]);

    if (order != 0)
      return order;
  }
  if (one.stage != other.stage)
    return one.stage < other.stage ? -1 : 1;
  return compare_numbers (one.count, other.count);
}

/**
 * jmp_version_find_in:
 * @text: a text, such as a file name
 *
 * The first version with a dot in a text whose form is not known: "tool-v1.2.3-f7.dfu" has "1.2.3".
 *
 * Returns: (nullable) (transfer full): the numbers
 */
char *
jmp_version_find_in (const char *text)
{
  for (const char *at = text; *at != '\0'; at++) {
    gsize length = strspn (at, "0123456789.");
    gboolean starts = at == text || !g_ascii_isalnum (at[-1])
                      || (g_ascii_tolower (at[-1]) == 'v'
                          && (at == text + 1 || !g_ascii_isalnum (at[-2])));
    g_autofree char *number = NULL;

    if (length == 0)
      continue;
    while (length > 0 && at[length - 1] == '.')
      length--;
    number = g_strndup (at, length);
    if (starts && strchr (number, '.') != NULL && jmp_version_is_valid (number))
      return g_steal_pointer (&number);
    if (length > 0)
      at += length - 1;
  }
  return NULL;
}

/* Of the firmware that practice boards have: its numbers are no steps of the real one's. */
static gboolean
is_practice (const char *text)
{
  return g_str_has_suffix (text, "-practice");
}

/**
 * jmp_version_change:
 * @running: (nullable): the version on the board
 * @chosen: (nullable): the version that shall go there
 *
 * What the update would be. Between practice firmware and real firmware there is no older and newer.
 *
 * Returns: %JMP_CHANGE_UNKNOWN where the two cannot be compared
 */
JmpVersionChange
jmp_version_change (const char *running, const char *chosen)
{
  int order;

  if (running == NULL || chosen == NULL || !jmp_version_is_valid (running)
      || !jmp_version_is_valid (chosen) || is_practice (running) != is_practice (chosen))
    return JMP_CHANGE_UNKNOWN;
  order = jmp_version_compare (chosen, running);
  if (order == 0)
    return JMP_CHANGE_SAME;
  return order > 0 ? JMP_CHANGE_UPGRADE : JMP_CHANGE_DOWNGRADE;
}

/**
 * jmp_version_change_to_string:
 * @change: a change
 *
 * Returns: (transfer none): a word for it
 */
const char *
jmp_version_change_to_string (JmpVersionChange change)
{
  static const char *const names[] = { "unknown", "upgrade", "same", "downgrade" };

  return names[change];
}
