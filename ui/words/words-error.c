/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "words/words-platform.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* The code in the core's domain; other domains' errors (GIO) are plain failures. */
static JmpError
error_code (const GError *error)
{
  return error->domain == JMP_ERROR ? (JmpError)error->code : JMP_ERROR_FAILED;
}

static const char *
headline (JmpError code)
{
  switch (code) {
  case JMP_ERROR_FAILED:
    return N_ ("Something went wrong.");
  case JMP_ERROR_NOT_FOUND:
    return N_ ("No such board is connected.");
  case JMP_ERROR_SEVERAL:
    return N_ ("Several boards are connected.");
  case JMP_ERROR_PERMISSION:
    return jmp_words_platform.permission;
  case JMP_ERROR_NO_DRIVER:
    return jmp_words_platform.no_driver;
  case JMP_ERROR_BUSY:
    return N_ ("Another program is using the board.");
  case JMP_ERROR_DISCONNECTED:
    return N_ ("The board was disconnected.");
  case JMP_ERROR_TIMED_OUT:
    return N_ ("The board has stopped answering.");
  case JMP_ERROR_STALLED:
    return N_ ("The board refused a request.");
  case JMP_ERROR_PROTOCOL:
    return N_ ("The board gave an answer that makes no sense.");
  case JMP_ERROR_DEVICE_STATUS:
    return N_ ("The board reported an error.");
  case JMP_ERROR_READ_PROTECTED:
    return N_ ("The board’s memory is protected against reading.");
  case JMP_ERROR_WRITE_PROTECTED:
    return N_ ("A part of the board’s memory is protected against writing.");
  case JMP_ERROR_NOT_SUPPORTED:
    return N_ ("This cannot be done with this board.");
  case JMP_ERROR_FILE:
    return N_ ("A file cannot be read or written.");
  case JMP_ERROR_INVALID_FILE:
    return N_ ("This is not a firmware file that can be used.");
  case JMP_ERROR_DAMAGED_FILE:
    return N_ ("The firmware file is damaged.");
  case JMP_ERROR_DOES_NOT_FIT:
    return N_ ("This does not fit into the board’s memory.");
  case JMP_ERROR_MISMATCH:
    return N_ ("The firmware file was made for another board.");
  case JMP_ERROR_REFUSED:
    return N_ ("This was refused, because it could do harm.");
  case JMP_ERROR_VERIFY:
    return N_ ("What was read back from the board differs from the file.");
  case JMP_ERROR_NETWORK:
    return N_ ("The download failed.");
  case JMP_ERROR_ABSENT:
    return N_ ("There is no such file where it is looked for.");
  case JMP_ERROR_CHANGED:
    return N_ ("The file at this address is not the one that first came from there.");
  case JMP_ERROR_USAGE:
    return N_ ("This cannot be done as it was asked for.");
  }
  return N_ ("Something went wrong.");
}

static const char *
advice (JmpError code)
{
  switch (code) {
  case JMP_ERROR_FAILED:
    return N_ ("Try again. If it happens again, please report it together with the details.");
  case JMP_ERROR_NOT_FOUND:
    return jmp_words_platform.not_found_advice;
  case JMP_ERROR_SEVERAL:
    return N_ ("Say which board is meant, or unplug the others.");
  case JMP_ERROR_PERMISSION:
    return jmp_words_platform.permission_advice;
  case JMP_ERROR_NO_DRIVER:
    return jmp_words_platform.no_driver_advice;
  case JMP_ERROR_BUSY:
    return jmp_words_platform.busy_advice;
  case JMP_ERROR_DISCONNECTED:
    return N_ (
        "Check the cable and the plug, bring the board into DFU mode again, then try again.");
  case JMP_ERROR_TIMED_OUT:
    return N_ (
        "Unplug the board, bring it into DFU mode again, and try again with another cable or "
        "another USB port.");
  case JMP_ERROR_STALLED:
  case JMP_ERROR_PROTOCOL:
  case JMP_ERROR_DEVICE_STATUS:
    return N_ (
        "Unplug the board, bring it into DFU mode again, and try again. If it happens again, "
        "please report it together with the details.");
  case JMP_ERROR_READ_PROTECTED:
    return N_ (
        "The protection can be removed, which erases everything on the board: this program does "
        "so only when it is asked for exactly that.");
  case JMP_ERROR_WRITE_PROTECTED:
    return N_ ("Choose a file or a range that leaves the protected part alone.");
  case JMP_ERROR_NOT_SUPPORTED:
    return N_ ("Look at what the board offers: its memory map and its access rights.");
  case JMP_ERROR_FILE:
    return N_ ("Check the file’s name, its permissions, and the free space of the disk.");
  case JMP_ERROR_INVALID_FILE:
    return N_ ("Choose a firmware file for this board, or download it again.");
  case JMP_ERROR_DAMAGED_FILE:
    return N_ ("Download the file again.");
  case JMP_ERROR_DOES_NOT_FIT:
    return N_ ("Choose the firmware that was built for this board, and check the address.");
  case JMP_ERROR_MISMATCH:
    return N_ ("Choose the firmware that was built for this board.");
  case JMP_ERROR_REFUSED:
    return N_ ("Leave this part of the board alone, or confirm it where that is offered.");
  case JMP_ERROR_VERIFY:
    return N_ ("Try again. If the same place differs again, the board’s memory may be worn out or "
               "protected.");
  case JMP_ERROR_NETWORK:
    return N_ ("Check the connection to the Internet, then try again.");
  case JMP_ERROR_ABSENT:
    return N_ ("Not every version is built for every board: choose another version.");
  case JMP_ERROR_CHANGED:
    return N_ ("A release does not change once it is published. Do not use the file before its "
               "publisher has explained it; choose another version.");
  case JMP_ERROR_USAGE:
    return N_ ("Look at the help for what can be asked.");
  }
  return N_ ("Try again.");
}

/**
 * jmp_words_error:
 * @error: an error of the core, or of GIO
 *
 * What went wrong, as one sentence that a beginner understands.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
jmp_words_error (const GError *error)
{
  if (jmp_error_is_cancelled (error))
    return _ ("The work was stopped, as you asked.");
  return g_dgettext (GETTEXT_PACKAGE, headline (error_code (error)));
}

/**
 * jmp_words_error_details:
 * @error: an error
 *
 * Where it happened and what exactly, for an expert: the chain of messages that the core made. It is
 * not translated, so that it can be searched for, and is valid UTF-8 whatever a device or a file put
 * into it.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_error_details (const GError *error)
{
  return g_utf8_make_valid (error->message, -1);
}

/**
 * jmp_words_error_advice:
 * @error: an error
 *
 * What the person can do next.
 *
 * Returns: (transfer none): one or more translated sentences
 */
const char *
jmp_words_error_advice (const GError *error)
{
  if (jmp_error_is_cancelled (error))
    return _ ("Start it again whenever you like.");
  return g_dgettext (GETTEXT_PACKAGE, advice (error_code (error)));
}

/**
 * jmp_words_rule_leads:
 * @rule: words about the rule or the driver, of which some lead to the window that helps
 * @can_install: whether that window can install it; where it can only show what to type, there must be
 *   words for that
 *
 * Returns: (transfer none): translated sentences of a board that cannot be used for want of it
 */
const char *
jmp_words_rule_leads (const JmpWordsRule *rule, gboolean can_install)
{
  return can_install ? _ (rule->leads) : _ (rule->leads_to_commands);
}
