/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-backups.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

static gboolean
is_day (GDateTime *one, GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other)
         && g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

/**
 * jmp_words_when:
 * @date: seconds since 1970
 * @now: seconds since 1970, to tell today from yesterday
 *
 * When something was, in the time zone and the writing of this computer: "Today, 14:03".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_when (gint64 date, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (date);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) yesterday = today != NULL ? g_date_time_add_days (today, -1) : NULL;
  const char *format;
  char *text;

  if (time == NULL || yesterday == NULL)
    return g_strdup (_ ("Unknown date"));
  /* Translators: how a time of the day is written, for g_date_time_format(): %H is the hour of 24, %M the
   * minute. The words stand for themselves. */
  if (is_day (time, today))
    format = C_ ("time", "Today, %H:%M");
  else if (is_day (time, yesterday))
    format = C_ ("time", "Yesterday, %H:%M");
  else
    /* Translators: a day and a time, for g_date_time_format(): %-d is the day, %B the month in full, %Y
     * the year. */
    format = C_ ("time", "%-d %B %Y, %H:%M");
  text = g_date_time_format (time, format);
  /* a translation may have got it wrong */
  return text != NULL ? text : g_date_time_format_iso8601 (time);
}

/**
 * jmp_words_backup_reason:
 * @reason: why a backup was made
 *
 * Returns: (transfer none): a few translated words
 */
const char *
jmp_words_backup_reason (JmpBackupReason reason)
{
  switch (reason) {
  case JMP_BACKUP_FIRST_FLASH:
    return C_ ("backup", "Before the first update");
  case JMP_BACKUP_WOULD_BE_LOST:
    return C_ ("backup", "Before something was overwritten");
  case JMP_BACKUP_REGION:
    return C_ ("backup", "One part of the memory");
  case JMP_BACKUP_IMPORTED:
    return C_ ("backup", "Imported from a file");
  case JMP_BACKUP_BY_HAND:
    break;
  }
  return C_ ("backup", "Made by hand");
}

/**
 * jmp_words_backup:
 * @backup: a backup that is whole
 *
 * What there is to say about a backup besides its date: "1 MiB · v1.28.0 · Before the first update".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_backup (const JmpBackup *backup)
{
  g_autofree char *size = jmp_words_size (backup->size);
  const char *reason = jmp_words_backup_reason (backup->reason);

  if (backup->version != NULL)
    return g_strdup_printf ("%s · %s · %s", size, backup->version, reason);
  return g_strdup_printf ("%s · %s", size, reason);
}

/**
 * jmp_words_backup_name:
 * @backup: a backup
 * @now: seconds since 1970
 *
 * What a backup is called where it stands among other firmware.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_backup_name (const JmpBackup *backup, gint64 now)
{
  g_autofree char *when = jmp_words_when (backup->date, now);

  /* Translators: %s is a date: "Today, 14:03" or "3 May 2026, 14:03". */
  return g_strdup_printf (_ ("Backup: %s"), when);
}

/* --- What was done --- */

static const char *
done_words (JmpHistoryKind kind)
{
  switch (kind) {
  case JMP_HISTORY_RESTORE:
    return C_ ("history", "Backup restored");
  case JMP_HISTORY_BACK_UP:
    return C_ ("history", "Backed up");
  case JMP_HISTORY_ERASE:
    return C_ ("history", "Erased");
  case JMP_HISTORY_VERIFY:
    return C_ ("history", "Compared");
  case JMP_HISTORY_INSTALL:
    break;
  }
  return C_ ("history", "Installed");
}

static const char *
failed_words (JmpHistoryKind kind)
{
  switch (kind) {
  case JMP_HISTORY_RESTORE:
    return C_ ("history", "Restoring failed");
  case JMP_HISTORY_BACK_UP:
    return C_ ("history", "Backup failed");
  case JMP_HISTORY_ERASE:
    return C_ ("history", "Erasing failed");
  case JMP_HISTORY_VERIFY:
    return C_ ("history", "Comparing failed");
  case JMP_HISTORY_INSTALL:
    break;
  }
  return C_ ("history", "Installation failed");
}

static const char *
stopped_words (JmpHistoryKind kind)
{
  switch (kind) {
  case JMP_HISTORY_RESTORE:
    return C_ ("history", "Restoring stopped");
  case JMP_HISTORY_BACK_UP:
    return C_ ("history", "Backup stopped");
  case JMP_HISTORY_ERASE:
    return C_ ("history", "Erasing stopped");
  case JMP_HISTORY_VERIFY:
    return C_ ("history", "Comparing stopped");
  case JMP_HISTORY_INSTALL:
    break;
  }
  return C_ ("history", "Installation stopped");
}

/**
 * jmp_words_history_result:
 * @kind: what was to be done
 * @result: what came of it
 *
 * Returns: (transfer none): a few translated words: "Installed", "Restoring failed"
 */
const char *
jmp_words_history_result (JmpHistoryKind kind, JmpHistoryResult result)
{
  switch (result) {
  case JMP_HISTORY_FAILED:
    return failed_words (kind);
  case JMP_HISTORY_STOPPED:
    return stopped_words (kind);
  case JMP_HISTORY_DONE:
    break;
  }
  return done_words (kind);
}

static char *
firmware_words (const JmpHistoryEntry *entry)
{
  if (entry->firmware == NULL || entry->version == NULL)
    return g_strdup (entry->firmware != NULL ? entry->firmware : entry->version);
  /* Translators: the name of firmware, or of its file, and its version. */
  return g_strdup_printf (C_ ("history", "%s (%s)"), entry->firmware, entry->version);
}

/**
 * jmp_words_history:
 * @entry: a piece of work
 *
 * What was brought onto which board, how much and how long: "pyboard v1.1 · MicroPython (v1.29.0) ·
 * 367 KiB in 12 s".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_history (const JmpHistoryEntry *entry)
{
  g_autofree char *size = jmp_words_size (entry->bytes);
  g_autofree char *time = jmp_words_duration (entry->seconds);
  g_autofree char *firmware = firmware_words (entry);
  /* Translators: an amount of memory, and how long the work with it took: "367 KiB in 12 s". */
  g_autofree char *work = entry->bytes > 0
                              ? g_strdup_printf (C_ ("history", "%s in %s"), size, time)
                              : g_strdup (time);
  const char *board = entry->board != NULL ? entry->board : _ ("Unknown board");

  if (firmware == NULL)
    return g_strdup_printf ("%s · %s", board, work);
  return g_strdup_printf ("%s · %s · %s", board, firmware, work);
}
