delete from "mainstay.sequences" where name = ?1;
