/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a session share: session.c does the work, session-load.c has the firmware,
 * session-board.c knows which board it is, session-state.c says how all that is. */

#pragma once

#include "session/install.h"
#include "session/session.h"

G_BEGIN_DECLS

/* What of a board is to be written down. */
typedef enum {
  JMP_SESSION_NOTE_NICKNAME = 1 << 0,
  JMP_SESSION_NOTE_BOARD = 1 << 1,
  JMP_SESSION_NOTE_VERSION = 1 << 2,
  JMP_SESSION_NOTE_WORK = 1 << 3,
} JmpSessionNote;

typedef struct _JmpSessionLoading JmpSessionLoading;

struct _JmpSession {
  GObject parent;

  JmpDevice *device;
  GListModel *boards;

  /* The firmware */
  JmpFirmwareLoader *loader;  /* of what is chosen */
  JmpReadOptions read;        /* what the person said where the firmware leaves it open */
  JmpSessionLoading *loading; /* set while it is loaded */
  gboolean eager; /* the main button was pressed, and the firmware had to be loaded first */
  JmpDownloadProgress download;
  gboolean has_guess;
  JmpRawGuess guess;
  JmpFirmware *firmware;
  JmpFirmwareLoader *agreed; /* the person agreed to what it brings with it */
  GError *problem;           /* why there is no firmware, or no plan */
  GPtrArray *takers;         /* chips that take what does not fit */
  GArray *places;            /* alt settings among which the person has to choose; or empty */
  gboolean has_place;        /* they did */
  guint8 place;
  JmpImage *aimed; /* the firmware, at the alt setting that it is for */
  JmpPlan *plan; /* the most that would be done; once the board was looked at, what is left to do */
  JmpPlan *look; /* how the board would be looked at */
  JmpInstall install; /* how the plans were made */

  /* The board */
  JmpLibrary *library;
  JmpKnownBoards *known;
  char *serial;             /* for which was looked up what is known, or is being */
  JmpKnownBoard remembered; /* what is known of it; its serial number is not set */
  guint unwritten;          /* what of that is to be written down: JmpSessionNote */
  gboolean writing;         /* a worker writes some of it */
  char *seen_build;
  char *seen_machine;
  char *seen_version;
  GBytes *seen_memory;
  JmpChoice *choice;
  struct _JmpOffer *offer; /* releases/offer.h */
  JmpBoard *said;          /* what the person said it is; stands above all else */
  char *said_variant;

  /* The backup before the work */
  JmpBackupStore *store;
  JmpBackupKeeper *keeper; /* of the last work, where it began with a backup */
  gboolean held;           /* somebody else works with the board */
  gboolean has_backup;
  gboolean
      backup_stands; /* work that is not finished began with one: what is there now is half done */
  gboolean backup_by_itself; /* whether the person wants that without being asked */
  gboolean backup_was_said;  /* whether the next counts */
  gboolean backup_said;

  /* The board while its program runs */
  GCancellable *talking;   /* set while its console is spoken to */
  JmpRunning *running;     /* what it said */
  GError *console_problem; /* why it could not be spoken to */
  gboolean wants_proof;    /* firmware was installed, and what runs was not seen yet */
  guint restarting; /* the board was sent into DFU mode and has yet to come: how long to wait */
  gboolean came_by_itself; /* it was brought into DFU mode without a hand on it */

  gboolean unprotecting;     /* its read protection is being taken off */
  GError *unprotect_problem; /* why it could not be */

  GCancellable *looking;         /* set while a board that nobody has named is looked into */
  JmpFirmwareLoader *looked_for; /* before what it was */

  /* The work */
  JmpJob *job;       /* running, or finished and not dismissed */
  gboolean finished; /* whether the job has said so: its thread is ahead of what was shown */
  guint n_plans;     /* how many the job has made */
  JmpProgress progress;
  JmpJobState last_work;          /* how the last work ended, or %JMP_JOB_READY */
  JmpFirmwareLoader *last_loader; /* with what */
  JmpBoardState left_state;       /* how it left the board */
};

/* session.c */
void jmp_session_changed (JmpSession *self);
void jmp_session_loading (JmpSession *self);
void jmp_session_make_plan (JmpSession *self);
void jmp_session_forget_plans (JmpSession *self);

/* session-backup.c */
gboolean jmp_session_attach_backup (JmpSession *self, const GArray *agreed);
void jmp_session_forget_backup (JmpSession *self);
void jmp_session_write_history (JmpSession *self);

/* session-look.c */
gboolean jmp_session_look_first (JmpSession *self);
void jmp_session_forget_look (JmpSession *self);

/* session-fit.c */
void jmp_session_look_for_takers (JmpSession *self);

/* session-load.c */
void jmp_session_forget_firmware (JmpSession *self);

/* session-running.c */
void jmp_session_follow_running (JmpSession *self);
void jmp_session_forget_running (JmpSession *self);

/* session-memory.c */
void jmp_session_recall (JmpSession *self);
void jmp_session_write_down (JmpSession *self, JmpSessionNote what);

/* session-board.c */
void jmp_session_choose_board (JmpSession *self);
void jmp_session_note_version (JmpSession *self, const char *version);
void jmp_session_note_firmware (JmpSession *self);
void jmp_session_note_work (JmpSession *self, gboolean unfinished);
void jmp_session_forget_board (JmpSession *self);

G_END_DECLS
