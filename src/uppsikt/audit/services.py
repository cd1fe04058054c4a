"""The room's writes in one place: the event log, people and their roles, sign-ins, the directory."""

from __future__ import annotations

from uppsikt.audit.chain import FIRST_HASH as FIRST_HASH
from uppsikt.audit.chain import record as record
from uppsikt.audit.chain import seal as seal
from uppsikt.audit.chain import verify_chain as verify_chain
from uppsikt.audit.directory_import import import_directory as import_directory
from uppsikt.audit.people import PersonChange as PersonChange
from uppsikt.audit.people import PersonFacts as PersonFacts
from uppsikt.audit.people import add_role as add_role
from uppsikt.audit.people import change_person as change_person
from uppsikt.audit.people import change_role as change_role
from uppsikt.audit.people import close_user as close_user
from uppsikt.audit.people import create_person as create_person
from uppsikt.audit.people import create_user as create_user
from uppsikt.audit.people import end_role as end_role
from uppsikt.audit.people import grant_role as grant_role
from uppsikt.audit.people import open_user as open_user
from uppsikt.audit.people import revoke_role as revoke_role
from uppsikt.audit.people import set_password as set_password
from uppsikt.audit.selectors import actor_of as actor_of
from uppsikt.audit.sessions import end_sessions as end_sessions
from uppsikt.audit.sign_ins import count_failed_sign_in as count_failed_sign_in
from uppsikt.audit.sign_ins import forget_failed_sign_ins as forget_failed_sign_ins
from uppsikt.audit.sign_ins import join_unknown as join_unknown
from uppsikt.audit.sign_ins import record_failed_sign_in as record_failed_sign_in
from uppsikt.audit.sign_ins import record_second_step as record_second_step
from uppsikt.audit.sign_ins import record_sign_in as record_sign_in
from uppsikt.audit.sign_ins import record_sign_out as record_sign_out
